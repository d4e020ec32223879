import { createApp } from './app';
import { config } from './config';
import { EventPublisher } from './events/event-publisher';
import { startShipmentConsumer } from './events/shipment-consumer';
import { logger } from './logger';
import { ParcelService } from './services/parcel-service';

async function main(): Promise<void> {
  const publisher = new EventPublisher(config.kafkaBrokers);
  await publisher.connect();
  await startShipmentConsumer(config.kafkaBrokers);
  const app = createApp(new ParcelService(publisher, config.maxWeightGrams));
  app.listen(config.port, () => logger.info(`parcels listens on ${config.port}`));
}

main().catch((error: unknown) => {
  logger.fatal(error);
  process.exit(1);
});
