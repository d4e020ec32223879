import { describe, expect, it } from 'vitest';
import { codeownersFormat } from '../../../../ingest/workers/codeowners.ts';
import { readFormat } from '../read-format.ts';

describe('the codeowners worker', () => {
  it('publishes rules in order, with teams, users and addresses', async () => {
    const text = '# who\n*  @acme/platform # all\n/docs/my\\ notes/ ana@acme.example @ana\n\n/vendor/\n';
    const { keys, things, diagnostics } = await readFormat(codeownersFormat, { '.github/CODEOWNERS': text });
    expect(diagnostics).toEqual([]);
    expect(keys).toEqual([
      {
        key: 'owners',
        rules: [
          { line: 2, col: 1, pattern: '*', teams: ['shop//team:@acme/platform'] },
          { line: 3, col: 1, pattern: '/docs/my notes/', teams: ['shop//team:ana@acme.example', 'shop//team:@ana'] },
          { line: 5, col: 1, pattern: '/vendor/', teams: [] },
        ],
      },
    ]);
    expect(things).toEqual([
      'Document shop//doc:.github/CODEOWNERS',
      'Section shop//doc:.github/CODEOWNERS#*',
      'Section shop//doc:.github/CODEOWNERS#/docs/my notes/',
      'Section shop//doc:.github/CODEOWNERS#/vendor/',
      'Team shop//team:@acme/platform',
      'Team shop//team:@ana',
      'Team shop//team:ana@acme.example',
    ]);
  });

  it('states each rule where it stands, of several for one pattern the one that counts', async () => {
    const text = '*.ts @ana\n*.ts @bob\n[Docs] @eve\n*.ts\n';
    const { nodes, arrows } = await readFormat(codeownersFormat, { CODEOWNERS: text });
    const sections = nodes.filter(({ kind }) => kind === 'Section');
    expect(sections.map(({ id, name, span, props }) => [id, name, span?.line, props])).toEqual([
      ['shop//doc:CODEOWNERS#*.ts', '*.ts', 2, { headings: ['*.ts'], doc: '*.ts @bob' }],
      ['shop//doc:CODEOWNERS#Docs *.ts', '*.ts', 4, { headings: ['Docs', '*.ts'], doc: '*.ts' }],
    ]);
    expect(arrows).toContain('shop//doc:CODEOWNERS CONTAINS shop//doc:CODEOWNERS#Docs *.ts');
  });

  it('gives the default owners of a section to the rules that name none', async () => {
    const { keys } = await readFormat(codeownersFormat, { CODEOWNERS: '^[Docs][2] @acme/writers\n/docs/\n/docs/api/ @acme/api\n' });
    expect(keys[0]).toMatchObject({ rules: [{ teams: ['shop//team:@acme/writers'] }, { teams: ['shop//team:@acme/api'] }] });
  });

  it('reports what is no owner, and negation, where it stands', async () => {
    const { diagnostics, keys } = await readFormat(codeownersFormat, { CODEOWNERS: '/src ana\n!/src/x @ana\n' });
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
      ['invalid-owner', 1],
      ['invalid-owner', 2],
    ]);
    expect(keys[0]).toMatchObject({ rules: [{ pattern: '/src', teams: [] }] });
  });

  it('reads where hosts look for it, in folders as well: the linker knows which are projects', () => {
    expect(
      ['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS', 'demo/.github/CODEOWNERS'].every((path) =>
        codeownersFormat.claims(path),
      ),
    ).toBe(true);
    expect(['src/MYCODEOWNERS', 'CODEOWNERS.md'].some((path) => codeownersFormat.claims(path))).toBe(false);
  });
});
