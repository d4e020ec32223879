function must(value: string | undefined, name: string): string {
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const env = {
  brokers: must(process.env.KAFKA_BROKERS, 'KAFKA_BROKERS').split(','),
  smtpHost: must(process.env.SMTP_HOST, 'SMTP_HOST'),
  smtpPort: Number(process.env.SMTP_PORT ?? 587),
  mailFrom: process.env['MAIL_FROM'] ?? 'no-reply@parcels.example',
  trackingPageUrl: must(process.env.TRACKING_PAGE_URL, 'TRACKING_PAGE_URL'),
};
