export type RejectionReason = 'too-large' | 'unsupported-format' | 'malware' | 'quota-exceeded' | 'unauthenticated';

/** Why an upload was refused, in words that may be shown to the user. */
export class Rejection extends Error {
  readonly reason: RejectionReason;

  constructor(reason: RejectionReason, message: string) {
    super(message);
    this.name = 'Rejection';
    this.reason = reason;
  }
}
