import { describe, expect, it } from 'vitest';
import { isFix, kindsOf, type FeatureKind } from '../../../../../src/agent/gaps/feature-kinds.ts';
import { parseRequest } from '../../../../../src/agent/steps/parse.ts';

describe('kinds of feature', () => {
  it.each<readonly [string, FeatureKind]>([
    ['I want an image upload feature', 'file-upload'],
    ['Team owners can set a logo', 'file-upload'],
    ['As a guest, I want to book a room', 'change-data'],
    ['Search books by author', 'list'],
    ['Download tasks as CSV', 'export'],
    ['Users get a mail when their upload fails', 'notification'],
    ['Log in with SSO', 'sign-in'],
    ['Sessions end after 15 minutes', 'sign-in'],
    ['Log in as a reader to see what they see', 'permissions'],
    ['Refund an order', 'payment'],
    ['Import customers every night', 'job'],
    ['Add a webhook for new posts', 'integration'],
    ['Delete my account', 'delete-data'],
    ['Invite others to a board', 'permissions'],
    ['Add dark mode', 'interface'],
    ['Add video conferencing', 'other'],
  ])('%s', (text, kind) => {
    expect(kindsOf(text)[0]).toBe(kind);
  });

  it.each<readonly [string, FeatureKind]>([
    ['Add video conferencing', 'file-upload'],
    ['Search books by author', 'change-data'],
    ['List all posts', 'change-data'],
    ['Bulk send a document so that I save time', 'change-data'],
    ['Customers can export their invoices', 'payment'],
    ['Users get a mail when their upload fails', 'file-upload'],
    ['Comment on articles when I am logged in', 'sign-in'],
    ['Requires authenticated user session', 'sign-in'],
    ['Log in as a reader to see what they see', 'sign-in'],
    ['Sort tickets by price', 'payment'],
    ['Search users by name or email', 'notification'],
    ['Uploads are limited to 20 per day', 'file-upload'],
    ['Make the pay button inactive after the first click', 'payment'],
  ])('%s is not %s', (text, kind) => {
    expect(kindsOf(text)).not.toContain(kind);
  });

  it('takes bounded time on a text without end', () => {
    const started = performance.now();
    for (const text of ['upload '.repeat(20_000), 'let a '.repeat(20_000), ' '.repeat(100_000), 'expected '.repeat(10_000)]) {
      kindsOf(text);
      isFix(text, parseRequest(''));
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
