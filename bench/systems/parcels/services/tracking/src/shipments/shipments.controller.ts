import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { DeliverDto, RecordScanDto, ScanDto } from './dto/scan.dto';
import { ShipmentDto } from './dto/shipment.dto';
import { ShipmentsService } from './shipments.service';

@Controller('shipments')
export class ShipmentsController {
  constructor(private readonly shipments: ShipmentsService) {}

  @Get(':parcelId')
  async getShipment(@Param('parcelId') parcelId: string): Promise<ShipmentDto> {
    return ShipmentDto.from(await this.shipments.findByParcel(parcelId));
  }

  @Get(':parcelId/scans')
  async listScans(@Param('parcelId') parcelId: string): Promise<ScanDto[]> {
    const scans = await this.shipments.scansOf(parcelId);
    return scans.map((scan) => ScanDto.from(scan));
  }

  @Post(':parcelId/scans')
  async recordScan(@Param('parcelId') parcelId: string, @Body() body: RecordScanDto): Promise<ScanDto> {
    return ScanDto.from(await this.shipments.recordScan(parcelId, body));
  }

  @Post(':parcelId/delivery')
  @HttpCode(200)
  async deliver(@Param('parcelId') parcelId: string, @Body() body: DeliverDto): Promise<ShipmentDto> {
    return ShipmentDto.from(await this.shipments.deliver(parcelId, body.signedBy));
  }
}
