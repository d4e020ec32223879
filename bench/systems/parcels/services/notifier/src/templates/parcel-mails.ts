import type { Mail } from '../mailer';
import type { ParcelCancelled, ParcelCreated } from '../messages';

export function parcelCreatedMail(event: ParcelCreated, trackingPageUrl: string): Mail {
  return {
    to: event.recipientEmail,
    subject: `Your parcel ${event.trackingNumber}`,
    text: `Dear ${event.recipientName},\n\nfollow it at ${trackingPageUrl}/${event.parcelId}`,
  };
}

export function parcelCancelledMail(event: ParcelCancelled): Mail {
  return {
    to: event.recipientEmail,
    subject: 'Your parcel was cancelled',
    text: `The sender withdrew parcel ${event.parcelId}: ${event.reason}`,
  };
}
