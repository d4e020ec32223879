/** File formats by the names that people use, as IANA registers them (https://www.iana.org/assignments/media-types). */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ...{
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    svg: 'image/svg+xml',
    avif: 'image/avif',
  },
  ...{ heic: 'image/heic', tiff: 'image/tiff', bmp: 'image/bmp', pdf: 'application/pdf', csv: 'text/csv', json: 'application/json' },
  ...{ xml: 'application/xml', zip: 'application/zip', txt: 'text/plain', markdown: 'text/markdown', html: 'text/html', mp4: 'video/mp4' },
  ...{ webm: 'video/webm', mp3: 'audio/mpeg', wav: 'audio/wav', ogg: 'audio/ogg', yaml: 'application/yaml', ics: 'text/calendar' },
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  parquet: 'application/vnd.apache.parquet',
  ndjson: 'application/x-ndjson',
};
const NAMED = new RegExp(`(?<![\\w./])\\.?(${Object.keys(MEDIA_TYPES).join('|')})s?\\b(?!\\.\\w)`, 'gi');
const WRITTEN = /\b(?:image|application|text|audio|video)\/[a-z0-9][a-z0-9.+-]{0,80}/gi;

/** The media types that a text names, in its order, each once. */
export function mediaTypesIn(text: string): readonly string[] {
  const found = [
    ...[...text.matchAll(NAMED)].map(({ 1: name = '', index }) => ({ index, type: MEDIA_TYPES[name.toLowerCase()]! })),
    ...[...text.matchAll(WRITTEN)].map(({ 0: type, index }) => ({ index, type: type.toLowerCase().replace(/[.]+$/, '') })),
  ].toSorted((a, b) => a.index - b.index);
  return [...new Set(found.map(({ type }) => type))];
}
