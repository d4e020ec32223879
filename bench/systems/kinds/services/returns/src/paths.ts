export const RETURNS_PATH = '/returns';
