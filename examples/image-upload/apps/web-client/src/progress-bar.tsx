import { h } from './h.ts';

/** `fraction` is 0 to 1. */
export function ProgressBar({ fraction }: { readonly fraction: number }) {
  return (
    <progress value={Math.round(fraction * 100)} max={100}>
      {Math.round(fraction * 100)} %
    </progress>
  );
}
