import { AstBuilder, Errors, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import type { Feature, FeatureChild, GherkinDocument, Location, Rule, Scenario, Tag } from '@cucumber/messages';
import { slug } from 'github-slugger';
import type { NodeId } from '../../../graph/model/id.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import type { SpecFormat } from './spec-format.ts';
import { createStatement, unnamed, type Statement } from './statement.ts';
import { messageOf } from '../../../graph/errors.ts';

/** Characters. The parser keeps every token, and nobody writes a longer feature. */
const LONGEST = 2_000_000;
const MOST_PROBLEMS = 20;
const CRITERION = /^@(?:spec:|ac:)?([A-Za-z][\w-]{0,63}\/[A-Za-z]{1,5}-[A-Za-z0-9]{1,12})$/;
const TICKET = /^@([A-Z][A-Z0-9]{1,9}-\d{1,7})$/;

/** Gherkin: `*.feature`. */
export const gherkin: SpecFormat = { claims: (path) => path.endsWith('.feature'), read: readGherkin };

function readGherkin(source: Source): SourceFacts {
  const statement = createStatement(source);
  const rows = source.text.split(/\r?\n/);
  const spanOf: SpanOf = (location, end = location.line) => {
    // What is missing at the end stands after it.
    const [line, last] = [Math.min(location.line, rows.length), Math.min(end, rows.length)];
    const endCol = rows[last - 1]!.length + 1;
    return { line, col: line === location.line ? (location.column ?? 1) : endCol, endLine: last, endCol };
  };
  const { document, problems } = parse(source.text);
  for (const { code = 'parse-failure', message, location } of problems) statement.problem(code, message, spanOf(location), 'error');
  const feature = document?.feature;
  if (feature) readFeature(statement, source, feature, spanOf);
  return statement.facts();
}

interface Problem {
  readonly code?: 'too-large';
  readonly message: string;
  readonly location: Location;
}

function parse(text: string): { readonly document?: GherkinDocument; readonly problems: readonly Problem[] } {
  const start = { line: 1, column: 1 };
  if (text.length > LONGEST)
    return {
      problems: [
        {
          code: 'too-large',
          message: `Has ${text.length} characters; the most that are read of a feature are ${LONGEST}.`,
          location: start,
        },
      ],
    };
  let ids = 0;
  const parser = new Parser(new AstBuilder(() => String(ids++)), new GherkinClassicTokenMatcher());
  try {
    return { document: parser.parse(text.replace(/^\uFEFF/, '')), problems: [] };
  } catch (error) {
    const errors = error instanceof Errors.CompositeParserException ? error.errors : [error];
    return {
      problems: errors.slice(0, MOST_PROBLEMS).map((one) => ({
        message: `${messageOf(one)
          .replace(/^\(\d+:\d+\):\s*/, '')
          .split('\n')[0]!
          .slice(0, 500)
          .replace(/\.?$/, '.')} Nothing of the feature is known until that is corrected.`,
        location: one instanceof Errors.GherkinException ? one.location : start,
      })),
    };
  }
}

type SpanOf = (location: Location, last?: number) => Span;

function readFeature(statement: Statement, { path }: Source, feature: Feature, spanOf: SpanOf): void {
  const { description, location, tags, children } = feature;
  const file = path.replace(/^.*\//, '').replace(/\.feature$/, '');
  const name = slug(feature.name.trim()) || slug(file) || file;
  const text = [feature.name, description.trim(), ...tags.map((tag) => tag.name)].join(' ');
  const spec = statement.spec(name, { format: 'gherkin' }, spanOf(location), [
    { text, span: spanOf(location, children[0] ? lineOf(children[0]) : undefined) },
  ]);
  const at: Place = { statement, feature: name, parent: spec, prefix: '', spanOf };
  readTags(at, spec, tags);
  const isTwice = repeated(children.map(({ scenario, rule }) => (scenario ?? rule)?.name ?? ''));
  for (const { scenario, rule } of children) {
    if (scenario) readScenario(at, scenario, isTwice(scenario.name));
    if (rule) readRule(at, rule, isTwice(rule.name));
  }
}

const lineOf = ({ background, rule, scenario }: FeatureChild): number | undefined => (background ?? rule ?? scenario)?.location.line;

interface Place {
  readonly statement: Statement;
  readonly feature: string;
  readonly parent: NodeId;
  /** What names within it begin with. */
  readonly prefix: string;
  readonly spanOf: SpanOf;
}

function readRule(at: Place, { name: title, description, location, tags, children }: Rule, isTwice: boolean): void {
  const { statement, feature, parent, prefix, spanOf } = at;
  const name = prefix + nameOf(title, 'R', isTwice, [description]);
  const doc = `${title} ${description}`;
  const id = statement.part('AcceptanceCriterion', { feature, name, parent, span: spanOf(location) }, { text: title, doc });
  readTags(at, id, tags);
  const isTwiceWithin = repeated(children.map(({ scenario }) => scenario?.name ?? ''));
  for (const { scenario } of children)
    if (scenario) readScenario({ ...at, parent: id, prefix: `${name}/` }, scenario, isTwiceWithin(scenario.name));
}

function readScenario(at: Place, { name: title, steps, location, tags, description, examples }: Scenario, isTwice: boolean): void {
  const { statement, feature, parent, prefix, spanOf } = at;
  const texts = steps.map(({ keyword, text }) => `${keyword.trim()} ${text}`);
  const last = Math.max(location.line, ...[...steps, ...examples].map((part) => part.location.line));
  const id = statement.part(
    'AcceptanceCriterion',
    { feature, name: prefix + nameOf(title, 'S', isTwice, texts), parent, span: spanOf(location, last) },
    {
      text: title.trim() === '' ? texts.join(' ') : title,
      doc: [title, description.trim(), ...texts, ...tags.map((tag) => tag.name)].join(' '),
    },
  );
  readTags(at, id, tags);
}

/** A name from what is written; things of one name are told apart by what they say, not by their order. */
function nameOf(title: string, letter: string, isTwice: boolean, texts: readonly string[]): string {
  const made = slug(title.trim());
  return made !== '' && !isTwice ? made : unnamed(made === '' ? letter : made, [title, ...texts].join('\n'));
}

/** `@imageUpload/AC-1` says which criterion a scenario spells out, `@SHOP-12` the ticket it came from. */
function readTags({ statement, spanOf }: Place, from: NodeId, tags: readonly Tag[]): void {
  for (const { name, location } of tags) {
    const criterion = CRITERION.exec(name)?.[1];
    const ticket = TICKET.exec(name)?.[1];
    if (criterion !== undefined) statement.demand(from, 'REFINES', `spec:${criterion}`, spanOf(location));
    else if (ticket !== undefined) statement.demand(from, 'DERIVED_FROM', `ticket:${ticket}`, spanOf(location));
  }
}

/** Whether a title, as a slug, stands more than once among these. */
function repeated(titles: readonly string[]): (title: string) => boolean {
  const counts = new Map<string, number>();
  for (const title of titles) counts.set(slug(title.trim()), (counts.get(slug(title.trim())) ?? 0) + 1);
  return (title) => (counts.get(slug(title.trim())) ?? 0) > 1;
}
