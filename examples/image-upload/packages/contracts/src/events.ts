import type { ImageDto } from './image.ts';
import type { RejectionReason } from './rejection.ts';
import type { UserId } from './user.ts';

interface EventBase<Type extends string> {
  readonly type: Type;
  readonly userId: UserId;
  /** ISO 8601. */
  readonly at: string;
}

export interface ImageUploaded extends EventBase<'image.uploaded'> {
  readonly image: ImageDto;
}

export interface ImageRejected extends EventBase<'image.rejected'> {
  readonly reason: RejectionReason;
  readonly fileName: string;
}

export type DomainEvent = ImageUploaded | ImageRejected;
export type EventType = DomainEvent['type'];
export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>;
