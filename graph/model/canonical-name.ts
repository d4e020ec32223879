/** What says that a thing is a service, not which. */
const SERVICE = /^(?:service|services|svc|srv|microservice|deployment)$/;

/**
 * The name under which one service goes in several sources: `UserService`, `user-service`, `user_service`, `user-svc`,
 * `@acme/user` and `user` are all `user`; `OrderItemService` and `order-item` are `orderitem`. A name that consists of
 * such words only is kept. For comparing, not for showing.
 */
export function canonicalName(name: string): string {
  const words = name
    .replace(/^@[^/]+\//, '')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word, index) => index !== words.length - 1 || !SERVICE.test(word));
  if (telling.length === 0) return words.join('');
  const joined = telling.join('');
  return joined.replace(/(?<=\p{L}{3})(?:micro)?service$/u, '') || joined;
}
