import type { Kafka } from 'kafkajs';
import { TOPICS, type ShipmentDeliveredEvent } from '@parcels/events';
import type { InvoiceService } from '../invoices/invoice-service';

/** Bills a parcel as soon as somebody signed for it. */
export async function startDeliveryConsumer(kafka: Kafka, invoices: Pick<InvoiceService, 'issue'>): Promise<void> {
  const consumer = kafka.consumer({ groupId: 'billing' });
  await consumer.connect();
  await consumer.subscribe({ topic: TOPICS.shipmentDelivered, fromBeginning: false });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const event = JSON.parse(String(message.value)) as ShipmentDeliveredEvent;
      await handleDelivered(event, invoices);
    },
  });
}

export async function handleDelivered(
  event: ShipmentDeliveredEvent,
  invoices: Pick<InvoiceService, 'issue'>,
): Promise<void> {
  if (!event.signedBy) return;
  await invoices.issue(event.parcelId);
}
