import { describe, expect, it } from 'vitest';
import { ticketsFormat } from '../../../../../ingest/workers/tickets/tickets.ts';
import { readFormat } from '../../read-format.ts';

const isOne = (path: string, text: string): boolean => ticketsFormat.claims(path) && ticketsFormat.recognises!(text, path);

/** What a file states of its tickets, if it is one of this worker's. */
async function read(path: string, text: string) {
  expect(isOne(path, text)).toBe(true);
  const facts = await readFormat(ticketsFormat, { [path]: text });
  return {
    ...facts,
    tickets: facts.nodes.flatMap((node) =>
      node.kind === 'Ticket' ? [[node.id, node.name, node.props.source, node.props.state, node.props.url, node.span?.line]] : [],
    ),
    mentions: facts.keys.flatMap((key) => (key.key === 'mention' ? [`${key.from} ${key.text} ${key.line}`] : [])),
  };
}

const GITHUB = `[
  {
    "url": "https://api.github.com/repos/acme/shop/issues/41",
    "html_url": "https://github.com/acme/shop/issues/41",
    "number": 41,
    "title": "Upload of \`Avatar\` fails",
    "state": "open",
    "body": "\`UploadService.store\` throws on \`POST /images\`.\\r\\n\\r\\nSee [the code](src/upload.ts)."
  },
  {
    "html_url": "https://github.com/acme/shop/pull/42",
    "number": 42,
    "title": "Fix",
    "state": "closed",
    "body": null,
    "pull_request": { "url": "https://api.github.com/repos/acme/shop/pulls/42" }
  },
  { "number": 41, "title": "Again", "state": "closed", "body": "" },
  { "number": 43, "title": "Empty", "state": "closed", "body": null, "html_url": "javascript:alert(1)" }
]`;

describe('exports as JSON', () => {
  it('of the API of GitHub', async () => {
    const { tickets, arrows, mentions, nodes, keys, diagnostics } = await read('docs/issues.json', GITHUB);
    expect(tickets).toEqual([
      ['shop//ticket:41', 'Upload of `Avatar` fails', 'github', 'open', 'https://github.com/acme/shop/issues/41', 2],
      ['shop//ticket:43', 'Empty', 'github', 'closed', undefined, 19],
    ]);
    expect(arrows).toEqual(['shop//doc:docs/issues.json CONTAINS shop//ticket:41', 'shop//doc:docs/issues.json CONTAINS shop//ticket:43']);
    expect(mentions).toEqual([
      'shop//ticket:41 Avatar 8',
      'shop//ticket:41 UploadService.store 8',
      'shop//ticket:41 POST /images 8',
      'shop//ticket:41 src/upload.ts 8',
    ]);
    expect(nodes[1]?.props).toMatchObject({ doc: expect.stringMatching(/^41 Upload of `Avatar` fails\. `UploadService/) });
    expect(keys).toContainEqual({ key: 'document', id: 'shop//ticket:43' });
    expect(diagnostics).toEqual([]);
  });

  it('of gh issue list', async () => {
    const { tickets } = await read(
      'x.json',
      JSON.stringify([{ body: 'b', number: 7, state: 'OPEN', title: 'Slow', url: 'https://github.com/acme/shop/issues/7' }]),
    );
    expect(tickets).toEqual([['shop//ticket:7', 'Slow', 'github', 'open', 'https://github.com/acme/shop/issues/7', 1]]);
  });

  it('of Jira, with markup or as a document', async () => {
    const content = [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'orders.total', marks: [{ type: 'code' }] },
          { type: 'text', text: ' is wrong.' },
        ],
      },
      { type: 'codeBlock', content: [{ type: 'text', text: 'new OrderService()' }] },
    ];
    const { tickets, mentions } = await read(
      'jira.json',
      JSON.stringify({
        issues: [
          {
            key: 'SHOP-12',
            self: 'https://acme.atlassian.net/rest/api/3/issue/10012',
            fields: { summary: 'Total', status: { name: 'In Progress' }, description: { type: 'doc', version: 1, content } },
          },
          { key: 'SHOP-13', fields: { summary: 'Old', description: 'Use {{CartService.add}}.\n{code:java}\nx\n{code}' } },
          { key: 'not a key', fields: {} },
        ],
      }),
    );
    expect(tickets).toEqual([
      ['shop//ticket:SHOP-12', 'Total', 'jira', 'in progress', 'https://acme.atlassian.net/browse/SHOP-12', 1],
      ['shop//ticket:SHOP-13', 'Old', 'jira', undefined, undefined, 1],
    ]);
    expect(mentions.map((mention) => mention.replace(/ \d+$/, ''))).toEqual(
      expect.arrayContaining(['shop//ticket:SHOP-12 orders.total', 'shop//ticket:SHOP-13 CartService.add']),
    );
  });

  it('of Linear', async () => {
    const issue = {
      identifier: 'ENG-3',
      title: 'Events',
      description: '`order.paid` twice',
      state: { name: 'Done' },
      url: 'https://linear.app/x',
    };
    const expected = [['shop//ticket:ENG-3', 'Events', 'linear', 'done', 'https://linear.app/x', 1]];
    for (const whole of [[issue], { data: { issues: { nodes: [issue] } } }, { issues: [issue] }])
      expect((await read('linear.json', JSON.stringify(whole))).tickets).toEqual(expected);
  });
});

describe('exports as CSV', () => {
  it('of Jira, whose columns have names twice and cells several lines', async () => {
    const text = [
      'Summary,Issue key,Status,Labels,Labels,Description',
      'Total is wrong,SHOP-12,To Do,a,b,"See {{orders.total}}',
      'and ""more"""',
      'No description,SHOP-13,Done,,,',
      'No key,,Done,,,',
      '',
    ].join('\r\n');
    const { tickets, mentions } = await read('export.csv', `\uFEFF${text}`);
    expect(tickets).toEqual([
      ['shop//ticket:SHOP-12', 'Total is wrong', 'jira', 'to do', undefined, 2],
      ['shop//ticket:SHOP-13', 'No description', 'jira', 'done', undefined, 4],
    ]);
    expect(mentions).toEqual(['shop//ticket:SHOP-12 orders.total 2']);
  });

  it('of Linear', async () => {
    const text = '"ID","Team","Title","Description","Status"\n"ENG-3","Core","Events","`order.paid` twice","Done"\n';
    const { tickets, mentions } = await read('Export.csv', text);
    expect(tickets).toEqual([['shop//ticket:ENG-3', 'Events', 'linear', 'done', undefined, 2]]);
    expect(mentions).toEqual(['shop//ticket:ENG-3 order.paid 2']);
  });

  it('of issues of GitHub', async () => {
    const { tickets } = await read('issues.csv', 'number,title,state,url\n7,Slow,OPEN,https://github.com/acme/shop/issues/7\n');
    expect(tickets).toEqual([['shop//ticket:7', 'Slow', 'github', 'open', 'https://github.com/acme/shop/issues/7', 2]]);
  });

  it('that breaks off is read up to there', async () => {
    const { tickets, diagnostics } = await read('e.csv', `Issue key,Summary\nSHOP-1,One\nSHOP-2,"${'x'.repeat(2_000_000)}`);
    expect(tickets.map(([id]) => id)).toEqual(['shop//ticket:SHOP-1']);
    expect(diagnostics).toMatchObject([{ code: 'parse-failure', file: 'e.csv' }]);
  });
});

describe('a ticket in Markdown', () => {
  it('is known by its front matter', async () => {
    const text =
      '---\nkey: SHOP-12\nstatus: Done\nurl: https://acme.dev/12\n---\n# SHOP-12: Upload fails\n\n`UploadService.store` throws.\n';
    const { tickets, mentions, things } = await read('tickets/upload.md', text);
    expect(things).toEqual(['Ticket shop//ticket:SHOP-12']);
    expect(tickets).toEqual([['shop//ticket:SHOP-12', 'Upload fails', 'markdown', 'done', 'https://acme.dev/12', 1]]);
    expect(mentions).toEqual(['shop//ticket:SHOP-12 UploadService.store 8']);
  });

  it.each([
    ['tickets/SHOP-9-upload.md', '# Upload\n', 'SHOP-9'],
    ['docs/issues/0012-upload.md', '# Upload\n', '0012'],
    ['notes/upload.md', '---\nticket: SHOP-4\n---\nText.\n', 'SHOP-4'],
    ['stories/login.md', '---\nid: "#7"\n---\n', '7'],
  ])('%s is %j', async (path, text, key) => {
    expect((await read(path, text)).tickets[0]?.[0]).toBe(`shop//ticket:${key}`);
  });
});

describe('what is no ticket', () => {
  it.each([
    ['package.json', '{"name":"shop","version":"1.0.0"}'],
    ['films.json', '[{"number":1,"title":"Alien","state":"NJ"}]'],
    ['intl.json', '{"title":"Shop","key":"SHOP-1"}'],
    ['form.json', '{"fields":{"a":1},"title":"Form"}'],
    ['films.csv', 'id,title,description\n1,Alien,Space\n'],
    ['parts.csv', 'id,name\nAB-12,Screw\n'],
    ['issues.txt', 'Issue key,Summary\nSHOP-1,x\n'],
    ['docs/guide.md', '# SHOP-1\n'],
    ['empty.csv', ''],
    ['empty.json', ''],
  ])('%s with %j', (path, text) => expect(isOne(path, text)).toBe(false));
});

describe('hostile exports', () => {
  it.each([
    ['no JSON', '[{"number": 1, "title": "x", "url": "https://github.com/a/b/issues/1"'],
    [
      'a prototype',
      '[{"__proto__": {"polluted": 1}, "number": 1, "title": "x", "body": {"a": 1}, "url": "https://github.com/a/b/issues/1"}]',
    ],
    ['a number that is none', '[{"number": 1e99, "title": "x", "url": "https://github.com/a/b/issues/1"}, 7, null, "text", [1]]'],
  ])('with %s are survived', async (_, text) => {
    const { tickets } = await read('issues.json', text);
    expect(tickets.length).toBeLessThan(2);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('take bounded time', async () => {
    const started = performance.now();
    const deep = `${'{"type":"doc","content":['.repeat(3000)}${']}'.repeat(3000)}`;
    expect((await read('j.json', `{"issues":[{"key":"A-1","fields":{"summary":"s","description":${deep}}}]}`)).tickets).toHaveLength(1);
    const body = JSON.stringify('{{a'.repeat(100_000));
    expect((await read('j.json', `{"issues":[{"key":"A-1","fields":{"summary":"s","description":${body}}}]}`)).tickets).toHaveLength(1);
    const many = Array.from({ length: 5000 }, (__, number) => ({
      number,
      title: 't',
      body: '`Foo.bar`',
      url: 'https://github.com/a/b/issues/1',
    }));
    expect((await read('i.json', JSON.stringify(many))).tickets).toHaveLength(5000);
    expect(isOne('x.csv', `id,title\n${'"",'.repeat(100_000)}`)).toBe(false);
    expect(isOne('x.json', `[${'"title" : '.repeat(100_000)}`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
