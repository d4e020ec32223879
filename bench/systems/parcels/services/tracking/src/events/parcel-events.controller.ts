import { Controller, Logger } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ShipmentsService } from '../shipments/shipments.service';
import { estimateArrival } from './eta';
import { ParcelCancelledMessage, ParcelCreatedMessage } from './parcel-messages';

@Controller()
export class ParcelEventsController {
  private readonly logger = new Logger(ParcelEventsController.name);

  constructor(private readonly shipments: ShipmentsService) {}

  @EventPattern('parcel.created')
  async onParcelCreated(@Payload() message: ParcelCreatedMessage): Promise<void> {
    const eta = estimateArrival(message.serviceLevel, new Date(message.occurredAt));
    await this.shipments.announce(message.parcelId, eta);
    this.logger.log(`announced ${message.parcelId} at ${message.depotCode}`);
  }

  @EventPattern('parcel.cancelled')
  async onParcelCancelled(@Payload() message: ParcelCancelledMessage): Promise<void> {
    await this.shipments.withdraw(message.parcelId);
    this.logger.log(`withdrew ${message.parcelId}: ${message.reason}`);
  }
}
