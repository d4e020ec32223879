import { Kafka } from 'kafkajs';
import { buildApp } from './app';
import { ParcelsClient } from './clients/parcels-client';
import { PaygateClient } from './clients/paygate-client';
import { TrackingClient } from './clients/tracking-client';
import { loadConfig } from './config';
import { createDb } from './db';
import { BillingEventPublisher } from './events/billing-event-publisher';
import { startDeliveryConsumer } from './events/delivery-consumer';
import { InvoiceRepository } from './invoices/invoice-repository';
import { InvoiceService } from './invoices/invoice-service';
import { QuoteService } from './quotes/quote-service';
import { TariffRepository } from './quotes/tariff-repository';

async function start(): Promise<void> {
  const config = loadConfig();
  const db = createDb(config.databaseUrl);
  const kafka = new Kafka({ clientId: 'billing', brokers: config.kafkaBrokers });
  const producer = kafka.producer();
  await producer.connect();
  const quotes = new QuoteService(new TariffRepository(db));
  const invoices = new InvoiceService({
    invoices: new InvoiceRepository(db),
    parcels: new ParcelsClient(config),
    tracking: new TrackingClient(config),
    paygate: new PaygateClient(config),
    quotes,
    events: new BillingEventPublisher(producer),
    paymentTermDays: config.paymentTermDays,
  });
  await startDeliveryConsumer(kafka, invoices);
  await buildApp({ invoices, quotes }).listen({ port: config.port, host: '0.0.0.0' });
}

void start();
