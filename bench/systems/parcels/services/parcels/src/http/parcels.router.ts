import { Router } from 'express';
import type { ParcelStatus } from '../domain/parcel';
import { toParcelResponse, type CancelParcelRequest, type CreateParcelRequest } from '../dto/parcel-dto';
import type { ParcelService } from '../services/parcel-service';

export function createParcelsRouter(service: ParcelService): Router {
  const router = Router();

  router.post('/', async (req, res, next) => {
    try {
      const parcel = await service.create(req.body as CreateParcelRequest);
      res.status(201).json(toParcelResponse(parcel));
    } catch (error) {
      next(error);
    }
  });

  router.get('/', async (req, res, next) => {
    try {
      const senderId = String(req.query.senderId);
      const status = req.query.status as ParcelStatus | undefined;
      const parcels = await service.list(senderId, status);
      res.json({ items: parcels.map(toParcelResponse), total: parcels.length });
    } catch (error) {
      next(error);
    }
  });

  router.get('/:id', async (req, res, next) => {
    try {
      res.json(toParcelResponse(await service.get(req.params.id)));
    } catch (error) {
      next(error);
    }
  });

  router.post('/:id/cancel', async (req, res, next) => {
    try {
      await service.cancel(req.params.id, req.body as CancelParcelRequest);
      res.status(204).end();
    } catch (error) {
      next(error);
    }
  });

  return router;
}
