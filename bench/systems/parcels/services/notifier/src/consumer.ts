import type { SendMail } from './mailer';
import type { InvoicePaid, ParcelCancelled, ParcelCreated, ShipmentDelivered } from './messages';
import { parcelCancelledMail, parcelCreatedMail } from './templates/parcel-mails';
import { receiptMail } from './templates/receipt-mail';

export interface Incoming {
  topic: string;
  value: string;
}

export function createConsumer(send: SendMail, trackingPageUrl: string) {
  return async function onMessage({ topic, value }: Incoming): Promise<void> {
    const body: unknown = JSON.parse(value);
    switch (topic) {
      case 'parcel.created':
        await send(parcelCreatedMail(body as ParcelCreated, trackingPageUrl));
        break;
      case 'parcel.cancelled':
        await send(parcelCancelledMail(body as ParcelCancelled));
        break;
      case 'shipment.delivered': {
        const event = body as ShipmentDelivered;
        console.info(`delivered ${event.parcelId} at ${event.deliveredAt}`);
        break;
      }
      case 'invoice.paid':
        await send(receiptMail(body as InvoicePaid));
        break;
      default:
        console.warn(`ignored message on ${topic}`);
    }
  };
}
