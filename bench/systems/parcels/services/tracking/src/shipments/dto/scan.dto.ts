import { IsISO8601, IsNotEmpty, IsOptional, IsString } from 'class-validator';
import type { ScanEntity } from '../scan.entity';

export class RecordScanDto {
  @IsString()
  @IsNotEmpty()
  location: string;

  @IsOptional()
  @IsString()
  depotCode?: string;

  @IsISO8601()
  scannedAt: string;
}

export class DeliverDto {
  @IsString()
  signedBy: string;
}

export class ScanDto {
  location: string;
  depotCode: string | null;
  scannedAt: string;

  static from(entity: ScanEntity): ScanDto {
    return Object.assign(new ScanDto(), {
      location: entity.location,
      depotCode: entity.depotCode,
      scannedAt: entity.scannedAt.toISOString(),
    });
  }
}
