import type { UserId } from '@acme/contracts';

/** Who is behind a bearer token. */
export interface Sessions {
  userOf(token: string): UserId | undefined;
}

/** Tokens of the form `user:<id>`, for development: the real ones are checked by the gateway. */
export class DevelopmentSessions implements Sessions {
  userOf(token: string): UserId | undefined {
    return /^user:([\w-]+)$/.exec(token)?.[1];
  }
}
