import type { DomainEvent, UserDto, UserId } from '@acme/contracts';
import type { Logger } from '@acme/logger';
import type { Mail, Mailer } from './mailer.ts';
import { TEMPLATES } from './templates.ts';

export interface UserDirectory {
  get(id: UserId): Promise<UserDto>;
}

/** Turns events into mails. An event that cannot be handled is logged, so that the next one still is. */
export class EventConsumer {
  constructor(
    private readonly users: UserDirectory,
    private readonly mailer: Mailer,
    private readonly logger: Logger,
  ) {}

  /** True when a mail went out. */
  async handle(event: DomainEvent): Promise<boolean> {
    const log = this.logger.child({ userId: event.userId, event: event.type });
    try {
      await this.mailer.send(mailFor(event, await this.users.get(event.userId)));
      log.info('user notified');
      return true;
    } catch (error) {
      log.error('user not notified', { error: String(error) });
      return false;
    }
  }
}

function mailFor(event: DomainEvent, user: UserDto): Mail {
  switch (event.type) {
    case 'image.uploaded':
      return TEMPLATES['image.uploaded'](event, user);
    case 'image.rejected':
      return TEMPLATES['image.rejected'](event, user);
  }
}
