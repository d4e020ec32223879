export { TOPICS } from './topics';
export type { Topic } from './topics';
export type { ParcelCreatedEvent, ParcelCancelledEvent } from './parcel-events';
export type { ShipmentScannedEvent, ShipmentDeliveredEvent } from './shipment-events';
export type { InvoicePaidEvent } from './billing-events';
