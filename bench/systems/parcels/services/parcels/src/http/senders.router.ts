import { Router, type Request, type Response } from 'express';
import { findSenderById } from '../db/sender-repository';

export async function getSender(req: Request, res: Response): Promise<void> {
  const sender = await findSenderById(req.params.id);
  if (!sender) {
    res.status(404).json({ message: 'unknown sender' });
    return;
  }
  res.json({ id: sender.id, companyName: sender.companyName, email: sender.email, plan: sender.plan });
}

export const sendersRouter = Router();
sendersRouter.get('/:id', getSender);
