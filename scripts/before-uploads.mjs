// @ts-check
/**
 * The sample system as it was before its upload feature, and the feature as it was built: what the story in
 * docs/guides/from-request-to-spec.md begins and ends with. Used by its test and by what writes its answers.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What came with the feature alone. */
const CAME = [
  'services/upload-service',
  'specs/imageUpload.spec.yaml',
  'apps/web-client/test',
  ...['upload-form.tsx', 'upload-state.ts', 'preview.tsx', 'progress-bar.tsx', 'api-client.ts'].map(
    (name) => `apps/web-client/src/${name}`,
  ),
];

/** What was said otherwise before: file, what stands there, what stood there. @type {readonly (readonly [string, RegExp, string])[]} */
const CHANGED = [
  ['CODEOWNERS', /^\/services\/upload-service\/.*\n/m, ''],
  ['compose.yaml', / {2}upload-service:\n[\s\S]*?\n\n/, ''],
  ['contracts/asyncapi.yaml', /\{ \$ref: '\.\.\/services\/upload-service.*/, '{ type: object }'],
  [
    'docs/architecture.md',
    /A member sends[\s\S]*?\n\n## Upload\n[\s\S]*?(?=## Events)/,
    'A member sees their profile in the web client.\n\n',
  ],
  [
    'docs/architecture.md',
    /The upload service publishes[\s\S]*?an upload\.\n/,
    '`EventConsumer` of the notification service turns each event of [the contract](../contracts/asyncapi.yaml) into a mail.\n',
  ],
  ['docs/operations.md', /^\| `IMAGE_BUCKET`.*\n\| `RESIZER_URL`.*\n/m, ''],
  ['docs/operations.md', /^\| `NOTIFICATIONS_URL`.*\n/m, ''],
  ['docs/operations.md', /upload-service, /, ''],
  ['docs/operations.md', /\n## Uploads fail[\s\S]*/, ''],
  ['policies/personal-data.policy.yaml', / {2}- id: P-2\n[\s\S]*?(?= {2}- id: P-3)/, ''],
  ['policies/structure.policy.yaml', / {2}- id: S-3\n[\s\S]*/, ''],
  ['packages/contracts/src/routes.ts', / {2}'POST \/images'.*\n/, ''],
  ['packages/contracts/src/routes.ts', /import type \{ ImageDto.*\n/, ''],
  ['README.md', /^Members upload.*$/m, 'Members have a profile; what happens to it they are told by mail.'],
  ['README.md', /the form: choose, preview, progress/, 'the page of a member'],
  ['README.md', /^\| `services\/upload-service`.*\n/m, ''],
  ['README.md', /^\| `specs\/.*\n/m, ''],
  ['README.md', /\nTest titles[\s\S]*/, ''],
];

/** What there was instead, and what the story needs. */
const ADDED = {
  'apps/web-client/src/app.tsx': `import { h } from './h.ts';
import { render } from './render.ts';

/** Shows the page of a member in \`root\`. */
export function startApp(root: Element, displayName: string): void {
  render(<p>{displayName}</p>, root);
}
`,
  'policies/uploads.policy.yaml': `policy: uploads
title: What members send
owner: '@acme/security'
rules:
  - id: U-1
    statement: Pictures must be scanned for malware before a preview is shown.
    severity: must
    appliesTo:
      paths: ['services/**', 'apps/**']
`,
  'specs/approvals.yaml': `why: [pia@acme.example]
how: [arno@acme.example]
`,
  'notes.md': `# Profile pictures

I want an image upload feature.

As a user, I want to upload a profile picture, so I can personalize my account.

## Acceptance criteria

- Supports PNG, JPG formats.
- File size must be less than 5MB.
- Displays a preview before uploading.
- Shows a progress bar during upload.
- The preview must be shown before the picture is scanned for malware.

## Non-functional requirements

- Scan for malware upon upload.
- Requires authenticated user session.
- Image processing (resizing) must complete within 2 seconds.
- Log upload success/failure events with user ID.
`,
};

/**
 * Makes the system as it was before. Throws where the sample has nothing that could be taken back: then this list is old.
 * @param {string} sample the folder of the sample system
 * @param {string} target a folder that is not there yet
 */
export function systemBeforeUploads(sample, target) {
  cpSync(sample, target, { recursive: true, filter: (path) => !/(?:node_modules|\.specgraph)$/.test(path) });
  for (const path of CAME) rmSync(join(target, path), { recursive: true });
  for (const [path, now, before] of CHANGED) replace(join(target, path), now, before);
  for (const [path, text] of Object.entries(ADDED)) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), text);
  }
  writeFileSync(join(target, '.gitignore'), 'node_modules/\n.specgraph/\n');
}

/** Which criterion of the sample's spec is which. */
const CRITERIA = { formats: 'AC-1', size: 'AC-2', preview: 'AC-3', progress: 'AC-4' };

/**
 * Builds the feature as the sample has it, its tests bound to the criteria of another spec.
 * @param {string} sample
 * @param {string} target
 * @param {string} feature
 * @param {Readonly<Record<keyof typeof CRITERIA, string>>} ids of the criteria in that spec
 */
export function buildUploads(sample, target, feature, ids) {
  const files = ['apps/web-client', 'services/upload-service', ...new Set(CHANGED.map(([path]) => path))];
  for (const path of files.filter((one) => !/^(?:policies|README)/.test(one)))
    cpSync(join(sample, path), join(target, path), { recursive: true, filter: (one) => !one.endsWith('node_modules') });
  replace(join(target, 'docs/operations.md'), /\[imageUpload\]\(\.\.\/specs\/imageUpload/, `[${feature}](../specs/${feature}`);
  const tests = ['http-server', 'upload-service', 'validation'].map((name) => `services/upload-service/test/${name}.test.ts`);
  for (const path of [...tests, 'apps/web-client/test/upload-form.test.tsx']) {
    let text = readFileSync(join(target, path), 'utf8');
    for (const [name, id] of Object.entries(CRITERIA))
      text = text.replaceAll(`[imageUpload/${id}]`, `[${feature}/${ids[/** @type {keyof typeof CRITERIA} */ (name)]}]`);
    if (text.includes('[imageUpload/')) throw new Error(`${path} has a criterion that is not known.`);
    writeFileSync(join(target, path), text);
  }
}

/**
 * @param {string} path
 * @param {RegExp} from
 * @param {string} to
 */
function replace(path, from, to) {
  const before = readFileSync(path, 'utf8');
  if (!from.test(before)) throw new Error(`${path} has no ${from.source}`);
  writeFileSync(
    path,
    before.replace(from, () => to),
  );
}

// `node before-uploads.mjs build SPEC`, in a folder that the system is in: what a team does, for the guide.
if (process.argv[1] === import.meta.filename && process.argv[2] === 'build') {
  const spec = process.argv[3] ?? '';
  const text = readFileSync(spec, 'utf8');
  /** @param {string} about */
  const idOf = (about) => new RegExp(`id: (AC-\\w+)\\n\\s+text: [^\\n]*${about}`).exec(text)?.[1] ?? '';
  buildUploads(join(import.meta.dirname, '../examples/image-upload'), '.', basename(spec, '.spec.yaml'), {
    formats: idOf('PNG'),
    size: idOf('5MB'),
    preview: idOf('preview before uploading'),
    progress: idOf('progress bar'),
  });
}
