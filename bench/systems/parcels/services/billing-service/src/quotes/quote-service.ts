import { roundCents } from '@parcels/money';
import type { TariffRepository } from './tariff-repository';

export interface Price {
  baseCents: number;
  weightCents: number;
  totalCents: number;
  currency: string;
}

export class UnknownServiceLevelError extends Error {
  readonly statusCode = 422;
}

export class QuoteService {
  constructor(private readonly tariffs: Pick<TariffRepository, 'forLevel'>) {}

  async price(serviceLevel: string, weightGrams: number): Promise<Price> {
    const tariff = await this.tariffs.forLevel(serviceLevel);
    if (!tariff) throw new UnknownServiceLevelError(serviceLevel);
    const weightCents = roundCents((weightGrams / 1000) * tariff.per_kg_cents);
    return {
      baseCents: tariff.base_cents,
      weightCents,
      totalCents: tariff.base_cents + weightCents,
      currency: tariff.currency,
    };
  }
}
