import { createApiClient, type ApiClient } from './api-client.ts';
import { browserTransport } from './browser-transport.ts';
import { h } from './h.ts';
import { render } from './render.ts';
import { UploadForm } from './upload-form.tsx';
import { initialState, reduce, type UploadAction, type UploadState } from './upload-state.ts';

/** Shows the upload form in `root` and keeps it up to date. */
export function startApp(root: Element, api: ApiClient): void {
  let state: UploadState = initialState;
  let chosen: File | undefined;

  const dispatch = (action: UploadAction) => {
    state = reduce(state, action);
    show();
  };
  const choose = (file: File) => {
    chosen = file;
    dispatch({ type: 'choose', fileName: file.name, previewUrl: URL.createObjectURL(file), bytes: file.size });
  };
  const submit = async (file: File) => {
    const body = new Uint8Array(await file.arrayBuffer());
    const onProgress = (sent: number, total: number) => dispatch({ type: 'progress', sent, total });
    const result = await api.uploadImage(body, { fileName: file.name, onProgress });
    dispatch(result.ok ? { type: 'succeed', image: result.value } : { type: 'fail', message: result.error });
  };
  const show = () =>
    render(<UploadForm state={state} onChoose={choose} onSubmit={() => chosen !== undefined && void submit(chosen)} />, root);

  show();
}

const root = typeof document === 'undefined' ? null : document.querySelector('#app');
if (root) startApp(root, createApiClient({ baseUrl: '/api', token: 'user:grace' }, browserTransport));
