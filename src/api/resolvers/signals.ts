/** What each signal gave, as a list: GraphQL has no maps. */
export const signalsOf = ({ signals }: { readonly signals: Readonly<Record<string, number | undefined>> }) =>
  Object.entries(signals).flatMap(([name, score]) => (score === undefined ? [] : [{ name, score }]));
