/** How ORMs derive names of tables and columns from names in code. */

/** TypeORM's and MikroORM's: `UserProfile` is `user_profile`, `OAuthToken` `o_auth_token`. */
export const snakeCase = (name: string): string =>
  name
    .replaceAll(/([A-Z])([A-Z])([a-z])/g, '$1_$2$3')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** `user_id` is `userId`. */
export const camelCase = (name: string): string =>
  name.replaceAll(/[_\s-]+(.)/g, (_, letter: string) => letter.toUpperCase()).replace(/^[A-Z]/, (letter) => letter.toLowerCase());

export const capitalised = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** The same whatever a convention makes of case and underscores. */
export const foldedName = (name: string): string => name.replaceAll('_', '').toLowerCase();

const UNCOUNTABLE = new Set(
  'advice energy excretion digestion cooperation health justice labour machinery equipment information pollution sewage paper money species series rain rice fish sheep moose deer news expertise status media'.split(
    ' ',
  ),
);
const PLURALS: readonly (readonly [RegExp, string])[] = [
  [/human$/i, 'humans'],
  [/(m)an$/i, '$1en'],
  [/(pe)rson$/i, '$1ople'],
  [/(child)$/i, '$1ren'],
  [/^(ox)$/i, '$1en'],
  [/(ax|test)is$/i, '$1es'],
  [/(octop|cact|foc|fung|nucle)us$/i, '$1i'],
  [/(alias|status|virus)$/i, '$1es'],
  [/(bu)s$/i, '$1ses'],
  [/(buffal|tomat|potat)o$/i, '$1oes'],
  [/([ti])um$/i, '$1a'],
  [/sis$/i, 'ses'],
  [/(?:([^f])fe|([lr])f)$/i, '$1$2ves'],
  [/([^aeiouy]|qu)y$/i, '$1ies'],
  [/(x|ch|ss|sh)$/i, '$1es'],
  [/(matr|vert|ind)ix|ex$/i, '$1ices'],
  [/([m|l])ouse$/i, '$1ice'],
  [/(quiz)$/i, '$1zes'],
  [/s$/i, 's'],
  [/([^a-z])$/, '$1'],
  [/$/, 's'],
];

/** The English plural as Mongoose and Sequelize make it. */
export function plural(name: string): string {
  if (UNCOUNTABLE.has(name.toLowerCase())) return name;
  const rule = PLURALS.find(([pattern]) => pattern.test(name));
  return rule ? name.replace(rule[0], rule[1]) : name;
}
