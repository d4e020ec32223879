import type { ImageDto } from '@acme/contracts';

/** What the form shows. */
export type UploadState =
  | { readonly step: 'empty' }
  | { readonly step: 'chosen'; readonly fileName: string; readonly previewUrl: string; readonly bytes: number }
  | { readonly step: 'uploading'; readonly fileName: string; readonly previewUrl: string; readonly fraction: number }
  | { readonly step: 'done'; readonly image: ImageDto }
  | { readonly step: 'failed'; readonly message: string };

export type UploadAction =
  | { readonly type: 'choose'; readonly fileName: string; readonly previewUrl: string; readonly bytes: number }
  | { readonly type: 'progress'; readonly sent: number; readonly total: number }
  | { readonly type: 'succeed'; readonly image: ImageDto }
  | { readonly type: 'fail'; readonly message: string };

export const initialState: UploadState = { step: 'empty' };

export function reduce(state: UploadState, action: UploadAction): UploadState {
  switch (action.type) {
    case 'choose':
      return { step: 'chosen', fileName: action.fileName, previewUrl: action.previewUrl, bytes: action.bytes };
    case 'progress': {
      if (state.step !== 'chosen' && state.step !== 'uploading') return state;
      const { fileName, previewUrl } = state;
      return { step: 'uploading', fileName, previewUrl, fraction: action.total === 0 ? 0 : action.sent / action.total };
    }
    case 'succeed':
      return { step: 'done', image: action.image };
    case 'fail':
      return { step: 'failed', message: action.message };
  }
}
