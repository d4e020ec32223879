import express from 'express';
import { PrismaClient } from '@prisma/client';
import { PICKUP_CENTS, RETURNS_PATH } from './paths';

const prisma = new PrismaClient();
const app = express();

app.post(RETURNS_PATH, async (req, res) => {
  const parcel = await fetch(`${process.env.PARCELS_URL}/parcels/${req.body.parcelId}`);
  const stored = await prisma.return.create({ data: { parcelId: req.body.parcelId, reason: req.body.reason } });
  res.status(parcel.ok ? 201 : 404).json({ ...stored, price: PICKUP_CENTS.toFixed() });
});

app.get(`${RETURNS_PATH}/:id`, async (req, res) => {
  res.json(await prisma.return.findUnique({ where: { id: req.params.id }, include: { items: true } }));
});

app.listen(Number(process.env.RETURNS_PORT ?? 3000));
