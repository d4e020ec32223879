import { Column, Entity, OneToMany, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import { ScanEntity } from './scan.entity';

@Entity('shipments')
export class ShipmentEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ name: 'parcel_id', type: 'uuid', unique: true })
  parcelId: string;

  @Column({ length: 40 })
  carrier: string;

  @Column({ length: 20 })
  state: string;

  @Column({ type: 'timestamptz', nullable: true })
  eta: Date | null;

  @Column({ name: 'signed_by', type: 'varchar', length: 120, nullable: true })
  signedBy: string | null;

  @UpdateDateColumn({ name: 'updated_at' })
  updatedAt: Date;

  @OneToMany(() => ScanEntity, (scan) => scan.shipment)
  scans: ScanEntity[];
}
