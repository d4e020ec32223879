import { err, ok, type RequestOf, type ResponseOf, type Result, type RouteKey } from '@acme/contracts';

export interface ApiOptions {
  readonly baseUrl: string;
  readonly token: string;
}

/** Sends bytes and reports how far it is; the browser's is made of XMLHttpRequest. */
export type Transport = (
  url: string,
  init: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array | undefined },
  onProgress: (sent: number, total: number) => void,
) => Promise<{ readonly status: number; readonly text: string }>;

export interface UploadOptions {
  readonly fileName: string;
  readonly onProgress: (sent: number, total: number) => void;
}

export interface ApiClient {
  /** The stored image, or what to tell the user. */
  uploadImage(body: RequestOf<'POST /images'>, options: UploadOptions): Promise<Result<ResponseOf<'POST /images'>, string>>;
}

export function createApiClient({ baseUrl, token }: ApiOptions, transport: Transport): ApiClient {
  const send = async <Key extends RouteKey>(
    route: Key,
    body: Uint8Array,
    { fileName, onProgress }: UploadOptions,
  ): Promise<Result<ResponseOf<Key>, string>> => {
    const [method = 'GET', path = ''] = route.split(' ');
    const headers = { authorization: `Bearer ${token}`, 'x-file-name': fileName };
    const { status, text } = await transport(`${baseUrl}${path}`, { method, headers, body }, onProgress);
    if (status >= 200 && status < 300) return ok(JSON.parse(text) as ResponseOf<Key>);
    return err(status === 413 ? 'This picture is too large.' : messageOf(text));
  };
  return { uploadImage: (body, options) => send('POST /images', body, options) };
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? 'The upload failed.';
  } catch {
    return 'The upload failed.';
  }
}
