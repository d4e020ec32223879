import { Module } from '@nestjs/common';
import { ClientsModule, Transport } from '@nestjs/microservices';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HealthController } from './health/health.controller';
import { ScanEntity } from './shipments/scan.entity';
import { ShipmentEntity } from './shipments/shipment.entity';
import { ShipmentsModule } from './shipments/shipments.module';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env.TRACKING_DATABASE_URL,
      entities: [ShipmentEntity, ScanEntity],
      synchronize: false,
    }),
    ClientsModule.register([
      {
        name: 'KAFKA',
        transport: Transport.KAFKA,
        options: { client: { brokers: (process.env.KAFKA_BROKERS ?? 'localhost:9092').split(',') } },
      },
    ]),
    ShipmentsModule,
  ],
  controllers: [HealthController],
})
export class AppModule {}
