/** Units that names of fields end with: the dimension, and what one is in its base unit. */
export const UNITS: readonly (readonly [pattern: RegExp, dimension: string, factor: number])[] = [
  [/(?<!kilo)(?:Grams?|_g)$/i, 'mass', 1],
  [/(?:Kilograms?|Kg|_kg)$/i, 'mass', 1000],
  [/(?:Millimet(?:re|er)s?|Mm|_mm)$/, 'length', 0.001],
  [/(?:Centimet(?:re|er)s?|Cm|_cm)$/, 'length', 0.01],
  [/(?<![a-z]i)(?:Met(?:re|er)s)$/, 'length', 1],
  [/(?:Kilomet(?:re|er)s?|Km|_km)$/, 'length', 1000],
  [/(?:Milliseconds?|Millis|Ms|_ms)$/, 'time', 0.001],
  [/(?:Seconds?|Secs?|_s)$/, 'time', 1],
  [/(?:Minutes?|Mins?)$|^minutes?$/, 'time', 60],
  [/(?:Hours?)$|^hours?$/, 'time', 3600],
  [/(?:Days?|Nights?)$|^(?:days|nights)$/, 'time', 86_400],
  [/(?:Weeks?)$|^weeks?$/, 'time', 604_800],
  [/(?:Months?)$|^months?$/, 'time', 2_592_000],
  [/(?:Bytes?)$/, 'size', 1],
  [/(?:Kilobytes?|Kb|KB)$/, 'size', 1e3],
  [/(?:Megabytes?|Mb|MB)$/, 'size', 1e6],
  [/(?:Cents?|Pence)$/, 'money', 0.01],
  [/(?:Euros?|Eur|Usd)$/, 'money', 1],
  [/(?:Percent(?:age)?|Pct)$/, 'share', 0.01],
  [/(?:Celsius|Degrees|[tT]emperature)$/, 'temperature', 1],
];
/** Names of fields that say nothing without what they belong to. */
export const HOLLOW = new Set(['value', 'data', 'item', 'content', 'bodi', 'text', 'valu', 'raw', 'payload', 'number']);
/** Names of fields that hold money, and of those that only sound so. */
export const MONEY = /(?:price|amount|total|cost|fee|sum|balance|refund|deposit|salary|payment|charge|fine)/i;
export const NO_MONEY = /(?:rate|ratio|percent|count|factor|share)/i;
/** Units in a name that is written in words. */
export const BARE_UNITS =
  /\b(?:grams?|kilograms?|kg|millimet\w+|centimet\w+|met(?:re|er)s?|kilomet\w+|milliseconds?|ms|seconds?|minutes?|hours?|days?|bytes?|kb|mb|cents?|euros?|percent)\b/gi;
