import { Kafka, type Producer } from 'kafkajs';
import type { Topic } from '@parcels/events';

/** The only place of this service that talks to a Kafka producer. */
export class EventPublisher {
  private readonly producer: Producer;

  constructor(brokers: string[]) {
    this.producer = new Kafka({ clientId: 'parcels', brokers }).producer();
  }

  async connect(): Promise<void> {
    await this.producer.connect();
  }

  async publish<T extends object>(topic: Topic, key: string, payload: T): Promise<void> {
    await this.producer.send({ topic, messages: [{ key, value: JSON.stringify(payload) }] });
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }
}
