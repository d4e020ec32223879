import { TOPICS, type ParcelCancelledEvent, type ParcelCreatedEvent } from '@parcels/events';
import { findParcelById, insertParcel, listParcelsOfSender, markCancelled } from '../db/parcel-repository';
import { isCancellable, type Parcel, type ParcelStatus } from '../domain/parcel';
import type { CancelParcelRequest, CreateParcelRequest } from '../dto/parcel-dto';
import type { EventPublisher } from '../events/event-publisher';
import { ConflictError, NotFoundError, ValidationError } from './errors';

export class ParcelService {
  constructor(
    private readonly events: Pick<EventPublisher, 'publish'>,
    private readonly maxWeightGrams: number,
  ) {}

  async create(request: CreateParcelRequest): Promise<Parcel> {
    if (request.weightGrams > this.maxWeightGrams) {
      throw new ValidationError('parcel is too heavy', 'weightGrams');
    }
    const parcel = await insertParcel({
      senderId: request.senderId,
      recipientName: request.recipientName,
      recipientEmail: request.recipientEmail.toLowerCase(),
      weightGrams: request.weightGrams,
      serviceLevel: request.serviceLevel,
      depotCode: request.depotCode,
      deliveryWindow: request.deliveryWindow,
    });
    const event: ParcelCreatedEvent = {
      parcelId: parcel.id,
      trackingNumber: parcel.trackingNumber,
      senderId: parcel.senderId,
      recipientName: parcel.recipientName,
      recipientEmail: parcel.recipientEmail,
      serviceLevel: parcel.serviceLevel,
      depotCode: parcel.depotCode,
      occurredAt: new Date().toISOString(),
    };
    await this.events.publish(TOPICS.parcelCreated, parcel.id, event);
    return parcel;
  }

  async get(id: string): Promise<Parcel> {
    const parcel = await findParcelById(id);
    if (!parcel) throw new NotFoundError(`no parcel ${id}`);
    return parcel;
  }

  list(senderId: string, status?: ParcelStatus): Promise<Parcel[]> {
    return listParcelsOfSender(senderId, status);
  }

  async cancel(id: string, request: CancelParcelRequest): Promise<void> {
    const parcel = await this.get(id);
    if (!isCancellable(parcel)) throw new ConflictError(`parcel ${id} is already on its way`);
    await markCancelled(id, request.reason);
    const event: ParcelCancelledEvent = {
      parcelId: id,
      recipientEmail: parcel.recipientEmail,
      reason: request.reason,
      occurredAt: new Date().toISOString(),
    };
    await this.events.publish(TOPICS.parcelCancelled, id, event);
  }
}
