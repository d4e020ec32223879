import rates from './rates.json';

export const RETURNS_PATH = '/returns';
export const PICKUP_CENTS = rates.pickup.cents;
