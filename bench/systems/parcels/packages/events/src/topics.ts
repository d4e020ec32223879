/** Kafka topics of the platform. The payloads are described in contracts/events.asyncapi.yaml. */
export const TOPICS = {
  parcelCreated: 'parcel.created',
  parcelCancelled: 'parcel.cancelled',
  shipmentScanned: 'shipment.scanned',
  shipmentDelivered: 'shipment.delivered',
  invoicePaid: 'invoice.paid',
} as const;

export type Topic = (typeof TOPICS)[keyof typeof TOPICS];
