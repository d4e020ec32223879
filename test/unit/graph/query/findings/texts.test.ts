import { describe, expect, it } from 'vitest';
import type { StoredDiagnostic } from '../../../../../graph/store/store.ts';
import { findingsIn, foundIn, type Arrow } from './found-in.ts';

describe('superseded-decision', () => {
  const arrows: readonly Arrow[] = [
    ['doc:docs/storage.md#disks', 'MENTIONS', 'adr:0002'],
    ['adr:0007', 'SUPERSEDES', 'adr:0002'],
    ['adr:0007', 'MENTIONS', 'adr:0002'],
  ];

  it('names texts that rely on a superseded decision', async () => {
    expect(await findingsIn(arrows, { 'adr:0002': { status: 'superseded' } })).toMatchObject([
      { code: 'superseded-decision', id: 'shop//adr:0002', file: 'shop.yaml', related: ['shop//doc:docs/storage.md#disks'] },
    ]);
  });

  it('is quiet about decisions in force, and about other decisions that name it', async () => {
    expect(await foundIn(arrows, { 'adr:0002': { status: 'accepted' } })).toEqual([]);
    expect(await foundIn(arrows.slice(1), { 'adr:0002': { status: 'superseded' } })).toEqual([]);
  });
});

describe('what linkers could not resolve', () => {
  const diagnostic = (code: string, file?: string): StoredDiagnostic => ({
    unit: 'shop//link/mentions:',
    code,
    severity: 'info',
    message: 'gone',
    ...(file === undefined ? {} : { file }),
  });

  it('is missing-mention, and unknown-reference', async () => {
    expect(await foundIn([], {}, [diagnostic('mention-unresolved', 'docs/a.md'), diagnostic('unknown-reference', 'docs/a.md')])).toEqual([
      'missing-mention docs/a.md',
      'unknown-reference docs/a.md',
    ]);
  });

  it('is about the unit where no file is known', async () => {
    expect(await foundIn([], {}, [diagnostic('unknown-reference')])).toEqual(['unknown-reference link/mentions:']);
  });

  it('is nothing else: what a worker could not read is no finding', async () => {
    expect(await foundIn([], {}, [diagnostic('parse-failure', 'a.yaml'), diagnostic('duplicate-adr', 'docs/adr/1.md')])).toEqual([]);
  });
});
