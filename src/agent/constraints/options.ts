import { answerImpact } from '../../../graph/query/answer.ts';
import type { ConflictOption, Layer, StepContext } from '../model.ts';
import type { Contradiction } from './contradictions.ts';
import type { Owners } from './owners.ts';
import type { Saying } from './saying.ts';

const NAMES: Readonly<Record<Layer, string>> = {
  request: 'the request',
  spec: 'the spec',
  policy: 'the policy',
  adr: 'the decision',
  contract: 'the contract',
};
/** What has to be done where one of a layer gives way. */
const CHANGES: Readonly<Record<Layer, string>> = {
  request: 'Ask for less',
  spec: 'Change the criterion',
  policy: 'Change the rule',
  adr: 'Decide anew',
  contract: 'Change the contract',
};

/** How a contradiction can be settled: each member can give way, and where they are about different cases it can be split. */
export async function optionsOf(
  contradiction: Contradiction,
  owners: readonly Owners[],
  context: Pick<StepContext, 'graph'>,
): Promise<readonly ConflictOption[]> {
  const options: Omit<ConflictOption, 'id'>[] = [];
  for (const [index, saying] of contradiction.sayings.entries()) {
    const others = contradiction.sayings.filter((_, at) => at !== index).map(({ layer }) => NAMES[layer]);
    options.push({
      text: `${CHANGES[saying.layer]}: “${shortened(saying.evidence.quote)}” gives way to ${[...new Set(others)].join(' and ')}.`,
      costs: await costsOf(saying, owners[index] ?? {}, context),
      yields: index,
    });
  }
  const exception = exceptionOf(contradiction);
  if (exception !== undefined) options.push(exception);
  return options.map((option, index) => ({ id: String.fromCharCode(65 + index), ...option }));
}

const QUOTED = 90;
const shortened = (quote: string): string => {
  const plain = quote.replace(/\s+/g, ' ');
  return plain.length > QUOTED ? `${plain.slice(0, QUOTED - 1)}…` : plain;
};

async function costsOf(
  { layer, evidence: { node, file, line }, feature }: Saying,
  { why, how }: Owners,
  context: Pick<StepContext, 'graph'>,
): Promise<string> {
  const place = `${file}:${line}`;
  const agree = (...names: readonly (string | undefined)[]): string => {
    const known = [...new Set(names.filter((name) => name !== undefined))];
    return known.length === 0
      ? 'no owner is named, so its team has to be found'
      : `${known.join(' and ')} ${known.length === 1 ? 'has' : 'have'} to agree`;
  };
  switch (layer) {
    case 'request':
      return 'Nothing that is there changes; whoever asks has to agree.';
    case 'spec':
      return `${place} changes, and the spec${feature === undefined ? '' : ` ${feature}`} has to be approved again: ${agree(why, how)}.`;
    case 'policy': {
      const governed = await countOf(context, node);
      return `${place} changes for everything that it governs${governed === 0 ? '' : ` (${governed} ${governed === 1 ? 'thing' : 'things'})`}: ${agree(why, how)}.`;
    }
    case 'adr': {
      const governed = await countOf(context, node);
      return `A new decision takes the place of ${file}${governed === 0 ? '' : `, which governs ${governed} ${governed === 1 ? 'thing' : 'things'}`}: ${agree(how, why)}.`;
    }
    case 'contract':
      return `${place} changes${await impactOn(context, node)}: ${agree(how, why)}.`;
  }
}

/** Most edges that are counted: beyond that the number says nothing any more. */
const MOST_COUNTED = 1000;

const countOf = async ({ graph: { reader } }: Pick<StepContext, 'graph'>, node: string): Promise<number> =>
  (await reader.edges({ from: [node], types: ['GOVERNS'] }, MOST_COUNTED)).length;

/** What a change of a part of a contract reaches, as `impact` says. */
async function impactOn({ graph }: Pick<StepContext, 'graph'>, id: string): Promise<string> {
  const node = (await graph.reader.get([id])).get(id);
  if (!node) return '';
  const { answer } = answerImpact(await graph.snapshot(), node, {
    change: 'unspecified',
    minConfidence: 0,
    maxDistance: Infinity,
    limit: 0,
    paths: false,
  });
  const reached = answer.totals.filter(({ items }) => items > 0).map(({ effect, items }) => `${effect} ${items}`);
  return reached.length === 0 ? '; impact knows of nothing that uses it' : `; impact: ${answer.verdict} (${reached.join(', ')})`;
}

/** Where one side is about some cases or people only, those can be let off, and both go on. */
function exceptionOf({ sayings, between: [a, b] }: Contradiction): Omit<ConflictOption, 'id'> | undefined {
  const narrow =
    [a, b].find(({ claim }) => claim.when.length > 0 || (claim.people ?? []).length > 0) ??
    [a, b].find(({ saying }) => saying.layer === 'request' || saying.layer === 'spec');
  const wide = narrow === a ? b : a;
  if (!narrow || !sayings.includes(wide.saying)) return undefined;
  return {
    text: `Make an exception: ${NAMES[wide.saying.layer]} stands, except for “${shortened(narrow.saying.evidence.quote)}”.`,
    costs: `Both have to say so: ${wide.saying.evidence.file}:${wide.saying.evidence.line} names the exception, and what tells the cases apart has to be built and tested.`,
  };
}
