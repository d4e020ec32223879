export class NotFoundError extends Error {
  readonly status = 404;
}

export class ConflictError extends Error {
  readonly status = 409;
}

export class ValidationError extends Error {
  readonly status = 422;
  constructor(message: string, readonly field: string) {
    super(message);
  }
}
