import { Inject, Injectable } from '@nestjs/common';
import { ClientKafka } from '@nestjs/microservices';
import type { ScanEntity } from '../shipments/scan.entity';
import type { ShipmentEntity } from '../shipments/shipment.entity';

@Injectable()
export class ShipmentEventsPublisher {
  constructor(@Inject('KAFKA') private readonly kafka: ClientKafka) {}

  async scanned(shipment: ShipmentEntity, scan: ScanEntity): Promise<void> {
    this.kafka.emit('shipment.scanned', {
      shipmentId: shipment.id,
      parcelId: shipment.parcelId,
      location: scan.location,
      state: shipment.state,
      scannedAt: scan.scannedAt.toISOString(),
    });
  }

  async delivered(shipment: ShipmentEntity): Promise<void> {
    this.kafka.emit('shipment.delivered', {
      shipmentId: shipment.id,
      parcelId: shipment.parcelId,
      signedBy: shipment.signedBy,
      deliveredAt: new Date().toISOString(),
    });
  }
}
