import { describe, expect, it } from 'vitest';
import { askedOf } from '../../../../../src/agent/decompose/spec-parts.ts';

describe('askedOf', () => {
  it.each([
    ['The web shop shall ensure that a voucher is used once.', 'a voucher is used once.'],
    ['When an order is paid, the order-service shall send a mail.', 'When an order is paid, send a mail.'],
    ['A voucher is used once.', 'A voucher is used once.'],
    ['The web shop shall', 'The web shop shall'],
  ])('leaves out who has to meet it: %s', (text, asked) => expect(askedOf(text)).toBe(asked));
});
