import type { Knex } from 'knex';

export interface Tariff {
  service_level: string;
  base_cents: number;
  per_kg_cents: number;
  currency: string;
}

export class TariffRepository {
  constructor(private readonly db: Knex) {}

  async forLevel(serviceLevel: string): Promise<Tariff | undefined> {
    const result = await this.db.raw(
      'SELECT service_level, base_cents, per_kg_cents, currency FROM tariffs WHERE service_level = ?',
      [serviceLevel],
    );
    return result.rows[0];
  }
}
