import { Kafka } from 'kafkajs';
import { TOPICS, type ShipmentDeliveredEvent, type ShipmentScannedEvent } from '@parcels/events';
import { updateParcelStatus } from '../db/parcel-repository';

/** Keeps the status of a parcel in step with its shipment. */
export async function startShipmentConsumer(brokers: string[]): Promise<void> {
  const consumer = new Kafka({ clientId: 'parcels', brokers }).consumer({ groupId: 'parcels-status' });
  await consumer.connect();
  await consumer.subscribe({ topics: [TOPICS.shipmentScanned, TOPICS.shipmentDelivered] });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const text = message.value?.toString() ?? '{}';
      if (topic === TOPICS.shipmentScanned) {
        await onShipmentScanned(JSON.parse(text) as ShipmentScannedEvent);
      } else if (topic === TOPICS.shipmentDelivered) {
        await onShipmentDelivered(JSON.parse(text) as ShipmentDeliveredEvent);
      }
    },
  });
}

export async function onShipmentScanned(event: ShipmentScannedEvent): Promise<void> {
  if (event.state !== 'moving') return;
  await updateParcelStatus(event.parcelId, 'in_transit');
}

export async function onShipmentDelivered(event: ShipmentDeliveredEvent): Promise<void> {
  await updateParcelStatus(event.parcelId, 'delivered');
}
