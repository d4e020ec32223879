export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const baseUrl: string = import.meta.env.VITE_API_URL ?? '';

/** Every call of the web client goes through here. */
export async function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({ message: response.statusText }))) as { message: string };
    throw new ApiError(response.status, problem.message);
  }
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}
