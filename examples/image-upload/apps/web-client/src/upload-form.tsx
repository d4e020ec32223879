import { ImageFormat } from '@acme/contracts';
import { h, type VNode } from './h.ts';
import { Preview } from './preview.tsx';
import { ProgressBar } from './progress-bar.tsx';
import type { UploadState } from './upload-state.ts';

export interface UploadFormProps {
  readonly state: UploadState;
  readonly onChoose: (file: File) => void;
  readonly onSubmit: () => void;
}

const accepted = Object.values(ImageFormat).join(',');

export function UploadForm({ state, onChoose, onSubmit }: UploadFormProps): VNode {
  const choose = (event: Event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file) onChoose(file);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form class="upload" onsubmit={submit}>
      <label for="picture">Profile picture</label>
      <input id="picture" type="file" accept={accepted} onchange={choose} />
      {details(state)}
      <button type="submit" disabled={state.step !== 'chosen'}>
        Upload
      </button>
    </form>
  );
}

function details(state: UploadState) {
  switch (state.step) {
    case 'empty':
      return undefined;
    case 'chosen':
      return <Preview url={state.previewUrl} fileName={state.fileName} bytes={state.bytes} />;
    case 'uploading':
      return [<Preview url={state.previewUrl} fileName={state.fileName} />, <ProgressBar fraction={state.fraction} />];
    case 'done':
      return <Preview url={state.image.thumbnails.medium} fileName="your new picture" />;
    case 'failed':
      return <p role="alert">{state.message}</p>;
  }
}
