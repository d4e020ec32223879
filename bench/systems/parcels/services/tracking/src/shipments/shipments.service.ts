import { randomUUID } from 'node:crypto';
import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ShipmentEventsPublisher } from '../events/shipment-events.publisher';
import { RecordScanDto } from './dto/scan.dto';
import { ScanEntity } from './scan.entity';
import { ShipmentEntity } from './shipment.entity';

@Injectable()
export class ShipmentsService {
  constructor(
    @InjectRepository(ShipmentEntity) private readonly shipments: Repository<ShipmentEntity>,
    @InjectRepository(ScanEntity) private readonly scans: Repository<ScanEntity>,
    private readonly publisher: ShipmentEventsPublisher,
  ) {}

  async announce(parcelId: string, eta: Date): Promise<ShipmentEntity> {
    return this.shipments.save({ id: randomUUID(), parcelId, carrier: 'own', state: 'announced', eta, signedBy: null });
  }

  async findByParcel(parcelId: string): Promise<ShipmentEntity> {
    const shipment: ShipmentEntity | null = await this.shipments.findOne({ where: { parcelId } });
    if (!shipment) throw new NotFoundException(`no shipment for parcel ${parcelId}`);
    return shipment;
  }

  async scansOf(parcelId: string): Promise<ScanEntity[]> {
    const shipment = await this.findByParcel(parcelId);
    return this.scans.find({ where: { shipment: { id: shipment.id } }, order: { scannedAt: 'ASC' } });
  }

  async recordScan(parcelId: string, scan: RecordScanDto): Promise<ScanEntity> {
    const shipment = await this.findByParcel(parcelId);
    shipment.state = 'moving';
    await this.shipments.save(shipment);
    const saved: ScanEntity = await this.scans.save({
      id: randomUUID(),
      shipment,
      location: scan.location,
      depotCode: scan.depotCode ?? null,
      scannedAt: new Date(scan.scannedAt),
    });
    await this.publisher.scanned(shipment, saved);
    return saved;
  }

  async deliver(parcelId: string, signedBy: string): Promise<ShipmentEntity> {
    const shipment = await this.findByParcel(parcelId);
    if (shipment.state === 'returned') throw new ConflictException('shipment went back');
    shipment.state = 'delivered';
    shipment.signedBy = signedBy;
    const saved: ShipmentEntity = await this.shipments.save(shipment);
    await this.publisher.delivered(saved);
    return saved;
  }

  async withdraw(parcelId: string): Promise<void> {
    await this.shipments.update({ parcelId }, { state: 'withdrawn' });
  }
}
