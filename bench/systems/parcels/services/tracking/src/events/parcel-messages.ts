/** What this service needs of parcel.created. */
export class ParcelCreatedMessage {
  parcelId: string;
  serviceLevel: string;
  depotCode: string;
  occurredAt: string;
}

export class ParcelCancelledMessage {
  parcelId: string;
  reason: string;
}
