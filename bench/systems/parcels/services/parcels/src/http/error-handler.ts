import type { NextFunction, Request, Response } from 'express';
import { logger } from '../logger';

interface HttpError extends Error {
  status?: number;
}

export function errorHandler(error: HttpError, _req: Request, res: Response, _next: NextFunction): void {
  const status = error.status ?? 500;
  if (status >= 500) logger.error({ err: error }, 'request failed');
  res.status(status).json({ message: error.message });
}
