export * from './events.ts';
export * from './image.ts';
export { MEGABYTE, formatBytes } from './size.ts';
export { Rejection, type RejectionReason } from './rejection.ts';
export { err, ok, type Result } from './result.ts';
export type { HttpMethod, RequestOf, ResponseOf, RouteKey, Routes } from './routes.ts';
export { UserRole } from './user.ts';
export type { Quota, UserDto, UserId } from './user.ts';
