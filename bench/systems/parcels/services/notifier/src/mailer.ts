import nodemailer from 'nodemailer';
import { env } from './env';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export type SendMail = (mail: Mail) => Promise<void>;

export function createMailer(): SendMail {
  const transport = nodemailer.createTransport({ host: env.smtpHost, port: env.smtpPort });
  return async (mail) => {
    await transport.sendMail({ from: env.mailFrom, ...mail });
  };
}
