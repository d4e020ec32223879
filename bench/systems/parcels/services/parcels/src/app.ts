import express, { type Express } from 'express';
import depotsRouter from './http/depots.router';
import { errorHandler } from './http/error-handler';
import { createParcelsRouter } from './http/parcels.router';
import { sendersRouter } from './http/senders.router';
import type { ParcelService } from './services/parcel-service';

export function createApp(service: ParcelService): Express {
  const app = express();
  app.use(express.json());
  app.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.use('/parcels', createParcelsRouter(service));
  app.use('/depots', depotsRouter);
  app.use('/senders', sendersRouter);
  app.use(errorHandler);
  return app;
}
