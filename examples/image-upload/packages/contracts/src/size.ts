export const MEGABYTE = 1024 * 1024;

/** For people: `4.5 MB`, `12 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes >= MEGABYTE) return `${(bytes / MEGABYTE).toFixed(1)} MB`;
  return `${Math.ceil(bytes / 1024)} kB`;
}
