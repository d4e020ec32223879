const AUTH = 'https://auth.acme.test';
export const SESSIONS = `${AUTH}/sessions`;
export const session = (id: string) => `${SESSIONS}/${id}`;
