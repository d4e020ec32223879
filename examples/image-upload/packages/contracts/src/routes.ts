import type { DomainEvent } from './events.ts';
import type { ImageDto } from './image.ts';
import type { Quota, UserDto } from './user.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT';

/** Every operation of the system: what goes in as the body, what comes out as JSON. */
export interface Routes {
  'GET /users/{id}': { request: undefined; response: UserDto };
  'GET /users/{id}/quota': { request: undefined; response: Quota };
  'PUT /users/{id}/avatar': { request: { readonly imageKey: string; readonly bytes: number }; response: UserDto };
  'POST /images': { request: Uint8Array; response: ImageDto };
  'POST /events': { request: DomainEvent; response: { readonly accepted: boolean } };
}

export type RouteKey = keyof Routes;
export type RequestOf<Key extends RouteKey> = Routes[Key]['request'];
export type ResponseOf<Key extends RouteKey> = Routes[Key]['response'];
