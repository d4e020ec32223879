import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ShipmentEntity } from './shipment.entity';

@Entity({ name: 'scans' })
export class ScanEntity {
  @PrimaryColumn('uuid')
  id: string;

  @ManyToOne(() => ShipmentEntity, (shipment) => shipment.scans, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'shipment_id' })
  shipment: ShipmentEntity;

  @Column({ length: 80 })
  location: string;

  @Column({ name: 'depot_code', type: 'varchar', nullable: true })
  depotCode: string | null;

  @Column({ name: 'scanned_at', type: 'timestamptz' })
  scannedAt: Date;
}
