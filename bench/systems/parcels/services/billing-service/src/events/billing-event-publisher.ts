import type { Producer } from 'kafkajs';
import type { Topic } from '@parcels/events';

export class BillingEventPublisher {
  constructor(private readonly producer: Producer) {}

  async publish(topic: Topic, payload: object): Promise<void> {
    await this.producer.send({ topic, messages: [{ value: JSON.stringify(payload) }] });
  }
}
