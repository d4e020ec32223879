import { Kafka } from 'kafkajs';
import { createConsumer } from './consumer';
import { env } from './env';
import { createMailer } from './mailer';

const onMessage = createConsumer(createMailer(), env.trackingPageUrl);

async function run(): Promise<void> {
  const consumer = new Kafka({ clientId: 'notifier', brokers: env.brokers }).consumer({ groupId: 'notifier' });
  await consumer.connect();
  await consumer.subscribe({ topics: ['parcel.created', 'parcel.cancelled', 'shipment.delivered', 'invoice.paid'] });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      await onMessage({ topic, value: message.value?.toString() ?? '{}' });
    },
  });
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
