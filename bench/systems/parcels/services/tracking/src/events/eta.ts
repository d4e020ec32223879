const DAYS: Record<string, number> = { express: 1, standard: 3, economy: 6 };

export function estimateArrival(serviceLevel: string, from: Date): Date {
  const days = DAYS[serviceLevel] ?? DAYS.standard;
  return new Date(from.getTime() + days * 24 * 60 * 60 * 1000);
}
