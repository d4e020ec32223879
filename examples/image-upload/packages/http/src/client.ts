import type { RequestOf, ResponseOf, RouteKey } from '@acme/contracts';

export type Fetcher = (url: string, init: RequestInit) => Promise<Response>;

/** Another service answered, but not with success. */
export class ServiceError extends Error {
  readonly status: number;
  readonly route: RouteKey;

  constructor(route: RouteKey, status: number, message: string) {
    super(`${route} answered ${status}: ${message}`);
    this.name = 'ServiceError';
    this.route = route;
    this.status = status;
  }
}

export interface ServiceClient {
  /** Calls an operation with the values for the braces of its path, in order. */
  call<Key extends RouteKey>(route: Key, params: readonly string[], body: RequestOf<Key>): Promise<ResponseOf<Key>>;
}

export function createServiceClient(baseUrl: string, fetcher: Fetcher = fetch): ServiceClient {
  return {
    async call(route, params, body) {
      const [method = 'GET', template = ''] = route.split(' ');
      const values = [...params];
      const path = template.replaceAll(/\{\w+\}/g, () => encodeURIComponent(values.shift() ?? ''));
      const response = await fetcher(
        `${baseUrl}${path}`,
        body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      );
      const answer: unknown = await response.json();
      if (!response.ok) throw new ServiceError(route, response.status, messageOf(answer));
      return answer as ResponseOf<typeof route>;
    },
  };
}

function messageOf(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : 'no message';
}
