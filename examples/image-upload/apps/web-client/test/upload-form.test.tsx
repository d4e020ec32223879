import { describe, expect, test } from 'vitest';
import { h, type VNode } from '../src/h.ts';
import { UploadForm } from '../src/upload-form.tsx';
import { reduce, type UploadState } from '../src/upload-state.ts';

const show = (state: UploadState) => <UploadForm state={state} onChoose={() => {}} onSubmit={() => {}} />;

function find(node: VNode, tag: string): VNode | undefined {
  if (node.tag === tag) return node;
  for (const child of node.children) {
    const found = typeof child === 'string' ? undefined : find(child, tag);
    if (found) return found;
  }
  return undefined;
}

const chosen = reduce({ step: 'empty' }, { type: 'choose', fileName: 'me.png', previewUrl: 'blob:1', bytes: 2048 });

describe('UploadForm', () => {
  test('offers PNG and JPEG and cannot be sent empty', () => {
    const form = show({ step: 'empty' });
    expect(find(form, 'input')?.props.accept).toBe('image/png,image/jpeg');
    expect(find(form, 'button')?.props.disabled).toBe(true);
  });

  test('[imageUpload/AC-3] shows a preview before uploading', () => {
    expect(find(show(chosen), 'img')?.props).toMatchObject({ src: 'blob:1', alt: 'Preview of me.png' });
    expect(find(show(chosen), 'figcaption')?.children).toEqual(['me.png, 2 kB']);
  });

  test('[imageUpload/AC-4] shows the progress of the upload', () => {
    const uploading = reduce(chosen, { type: 'progress', sent: 25, total: 100 });
    expect(find(show(uploading), 'progress')?.props.value).toBe(25);
  });

  test('says what went wrong', () => {
    expect(find(show({ step: 'failed', message: 'Too large.' }), 'p')?.children).toEqual(['Too large.']);
  });
});
