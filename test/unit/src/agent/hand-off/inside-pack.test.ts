import { expect, test } from 'vitest';
import { insidePack } from '../../../../../src/agent/hand-off/inside-pack.ts';

test.each(['README.md', 'src/order-export.service.ts', 'agents/code/AGENTS.md'])('%s is in the pack', (path) => {
  expect(insidePack({ path, text: '' }).path).toBe(path);
});

test.each(['../a.ts', '/etc/passwd', 'src/../../a.ts', 'C:\\a.ts', 'src//a.ts', '', '.', 'a/./b', 'a\nb'])('%j is not', (path) => {
  expect(() => insidePack({ path, text: '' })).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
});
