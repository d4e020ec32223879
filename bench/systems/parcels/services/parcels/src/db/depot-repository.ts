import { getPool } from './pool';

export interface Depot {
  code: string;
  name: string;
  city: string;
  capacity: number;
}

export async function listDepots(city?: string): Promise<Depot[]> {
  const { rows } = await getPool().query<Depot>(
    'SELECT code, name, city, capacity FROM depots WHERE $1::text IS NULL OR city = $1 ORDER BY name',
    [city ?? null],
  );
  return rows;
}

/** Parcels waiting at a depot, for the load display. */
export async function countWaiting(depotCode: string): Promise<number> {
  const { rows } = await getPool().query<{ waiting: string }>(
    "SELECT count(*) AS waiting FROM parcels WHERE depot_code = $1 AND status = 'registered'",
    [depotCode],
  );
  return Number(rows[0].waiting);
}
