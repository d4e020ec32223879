const SYMBOLS: Record<string, string> = { EUR: '€', GBP: '£', USD: '$' };

/** 1234, 'EUR' becomes "€12.34". */
export function formatCents(cents: number, currency: string): string {
  const symbol = SYMBOLS[currency] ?? `${currency} `;
  return `${symbol}${(cents / 100).toFixed(2)}`;
}

/** Rounds half up, as the tariff sheet demands. */
export function roundCents(value: number): number {
  return Math.floor(value + 0.5);
}
