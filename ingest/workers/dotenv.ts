import { slug } from 'github-slugger';
import { documentId, sectionId } from '../../graph/model/id.ts';
import { collectFacts } from '../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../file-worker.ts';
import { commentHeadings } from '../parse/comment-headings.ts';
import { isSecretName } from '../parse/config-value.ts';
import { readDotenv } from '../parse/dotenv.ts';
import { declareConfig, readInterpolations } from '../parse/environment.ts';
import { wholeSpan } from '../parse/lines.ts';
import { baseName } from '../parse/paths.ts';

/** `.env`, `.env.local`, `prod.env`, `.env.example`, `example.env`, `env-example-mongo`; `.envrc` is a script, not a dotenv file. */
const DOTENV = /(?:^|\/)(?:\.env(?:\.[\w-]+)*|(?:[\w-]+\.)+env|env[._-](?:example|sample|template|dist|defaults?)(?:[._-][\w.-]+)?)$/i;
/** Files that are there to be copied: what stands in them is no secret. */
const EXAMPLE = /example|sample|template|dist|defaults?|schema/i;

/**
 * Which environment variables there are, as dotenv files say, and the blocks that comments head. Values are kept of example files only.
 */
export const dotenvFormat: SourceFormat = {
  name: 'dotenv',
  version: 2,
  claims: (path) => DOTENV.test(path),
  read,
};

function read({ repo, path, text }: Source): SourceFacts {
  const facts = collectFacts(path);
  const entries = readDotenv(text);
  const name = baseName(path);
  const document = facts.node({
    id: documentId(repo, path),
    kind: 'Document',
    name,
    repo,
    file: path,
    span: wholeSpan(text),
    props: {
      title: name,
      ...(entries.length === 0
        ? {}
        : {
            doc: entries
              .map((entry) => entry.name)
              .join(' ')
              .slice(0, 300),
          }),
    },
  });
  const isExample = EXAMPLE.test(name);
  for (const entry of entries) {
    const place = { repo, file: path, span: entry.span };
    const shown = isExample && !isSecretName(entry.name);
    declareConfig(facts, place, document, entry.name, 'dotenv', {
      doc: entry.doc,
      ...(shown ? { value: entry.value, example: true } : {}),
    });
    if (!entry.literal) readInterpolations(facts, place, document, entry.value, 'dotenv-interpolation');
  }
  for (const { heading, span } of commentHeadings(text, isEntry)) {
    const id = sectionId(repo, path, slug(heading));
    facts.node({ id, kind: 'Section', name: heading, repo, file: path, span, props: { headings: [heading] } });
    facts.edge(document, 'CONTAINS', id, span, 'comment-heading');
  }
  return facts.done();
}

/** Commented out or not. */
const isEntry = (line: string): boolean => /^\s*(?:#\s*)?(?:export\s+)?[A-Za-z_][\w.-]*=/.test(line);
