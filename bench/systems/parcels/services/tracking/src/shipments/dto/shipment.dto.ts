import type { ShipmentEntity } from '../shipment.entity';

export class ShipmentDto {
  id: string;
  parcelId: string;
  carrier: string;
  state: string;
  estimatedArrival: string | null;
  signedBy: string | null;

  static from(entity: ShipmentEntity): ShipmentDto {
    const dto = new ShipmentDto();
    dto.id = entity.id;
    dto.parcelId = entity.parcelId;
    dto.carrier = entity.carrier;
    dto.state = entity.state;
    dto.estimatedArrival = entity.eta ? entity.eta.toISOString() : null;
    dto.signedBy = entity.signedBy;
    return dto;
  }
}
