import express from 'express';
import { countWaiting, listDepots } from '../db/depot-repository';

const router = express.Router();

router.get('/', async (req, res, next) => {
  try {
    const depots = await listDepots(req.query.city as string | undefined);
    res.json(depots);
  } catch (error) {
    next(error);
  }
});

router.get('/:code/load', async (req, res, next) => {
  try {
    res.json({ code: req.params.code, waiting: await countWaiting(req.params.code) });
  } catch (error) {
    next(error);
  }
});

export default router;
