import { baseName } from './paths.ts';

/** Words in a path that say what kind of file it is, not whose. */
const GENERIC =
  /^(openapi|open-api|swagger|asyncapi|async-api|api|apis|api-docs|spec|specs|schema|schemas|index|main|root|contract|contracts|docs|doc|definitions?|src|public|static|resources|dist|build|v?\d+(\.\d+)*)$/i;
const SUFFIX = /[-_.](openapi|swagger|asyncapi|api|apis|spec|schema|service|svc|contract|v\d+)$/i;

/**
 * The name by which a contract is known, from where it stands: `contracts/booking.openapi.yaml` and
 * `services/booking-service/openapi.yaml` are both `booking`. Where the path says nothing, the title does, then the
 * repository.
 */
export function apiName(path: string, title: string | undefined, repo: string): string {
  const [file = '', ...folders] = path.split('/').reverse();
  for (const part of [file.replace(/\.(ya?ml|json|graphqls?|gql|proto)$/i, ''), ...folders]) {
    const name = stripped(part);
    if (name !== '' && !GENERIC.test(name)) return name;
  }
  const slug = stripped(
    (title ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, ''),
  );
  return slug === '' || GENERIC.test(slug) ? stripped(baseName(repo)) : slug;
}

function stripped(part: string): string {
  const next = part.replace(SUFFIX, '');
  return next === part || next === '' ? part : stripped(next);
}
