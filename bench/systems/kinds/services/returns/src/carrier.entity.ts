import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('carriers')
export class Carrier {
  @PrimaryColumn()
  code: string;

  @Column({ name: 'display_name' })
  displayName: string;
}
