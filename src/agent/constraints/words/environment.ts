const TEST =
  /\b(?:laptops?|local(?:ly|host)?|development|dev|test(?:ing)?(?: system| environment| stage)?|staging|sandbox|demo|simulat\w+|ci|developer['’]?s?)\b/i;
const PRODUCTION = /\b(?:production|live system|productive)\b/i;

/** Where a sentence holds; undefined where it says nothing, or both. */
export function environmentOf(text: string): 'production' | 'test' | undefined {
  const [test, production] = [/\b(?:on|in|for|during)\b[^,.;]{0,30}$/i, PRODUCTION].map((_, index) =>
    index === 0 ? TEST.test(text) : PRODUCTION.test(text),
  );
  if (test === production) return undefined;
  return production ? 'production' : 'test';
}
