import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ParcelEventsController } from '../events/parcel-events.controller';
import { ShipmentEventsPublisher } from '../events/shipment-events.publisher';
import { ScanEntity } from './scan.entity';
import { ShipmentEntity } from './shipment.entity';
import { ShipmentsController } from './shipments.controller';
import { ShipmentsService } from './shipments.service';

@Module({
  imports: [TypeOrmModule.forFeature([ShipmentEntity, ScanEntity])],
  controllers: [ShipmentsController, ParcelEventsController],
  providers: [ShipmentsService, ShipmentEventsPublisher],
})
export class ShipmentsModule {}
