import { formatBytes } from '@acme/contracts';
import { h } from './h.ts';

export interface PreviewProps {
  readonly url: string;
  readonly fileName: string;
  readonly bytes?: number;
}

export function Preview({ url, fileName, bytes }: PreviewProps) {
  return (
    <figure class="preview">
      <img src={url} alt={`Preview of ${fileName}`} />
      <figcaption>{bytes === undefined ? fileName : `${fileName}, ${formatBytes(bytes)}`}</figcaption>
    </figure>
  );
}
