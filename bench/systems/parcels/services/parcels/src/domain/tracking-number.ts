const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** PX + nine characters + a check digit. */
export function generateTrackingNumber(random: () => number = Math.random): string {
  let body = '';
  for (let i = 0; i < 9; i += 1) {
    body += ALPHABET[Math.floor(random() * ALPHABET.length)];
  }
  return `PX${body}${checkDigit(body)}`;
}

export function checkDigit(body: string): number {
  let sum = 0;
  for (const char of body) {
    sum = (sum * 3 + ALPHABET.indexOf(char)) % 97;
  }
  return sum % 10;
}
