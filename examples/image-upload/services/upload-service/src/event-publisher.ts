import type { DomainEvent } from '@acme/contracts';
import type { ServiceClient } from '@acme/http';
import type { Logger } from '@acme/logger';

export type Listener = (event: DomainEvent) => void | Promise<void>;

export interface EventPublisher {
  publish(event: DomainEvent): Promise<void>;
}

/** Hands events to listeners in the same process. */
export class LocalEventPublisher implements EventPublisher {
  private readonly listeners = new Set<Listener>();

  /** Returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async publish(event: DomainEvent): Promise<void> {
    for (const listener of this.listeners) await listener(event);
  }
}

/** Posts events to the notification service. A lost notification never fails an upload. */
export class HttpEventPublisher implements EventPublisher {
  constructor(
    private readonly notifications: ServiceClient,
    private readonly logger: Logger,
  ) {}

  async publish(event: DomainEvent): Promise<void> {
    try {
      await this.notifications.call('POST /events', [], event);
    } catch (error) {
      this.logger.warn('event not delivered', { event: event.type, userId: event.userId, error: String(error) });
    }
  }
}
