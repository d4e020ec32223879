/** Arguments without those that were not given: GraphQL says null or undefined, the system knows only absent keys. */
export const present = <T extends object>(given: T): { readonly [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)) as {
    readonly [K in keyof T]?: NonNullable<T[K]>;
  };
