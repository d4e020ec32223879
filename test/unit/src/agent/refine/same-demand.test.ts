import { describe, expect, it } from 'vitest';
import { differs } from '../../../../../src/agent/refine/same-demand.ts';

describe('the same demand', () => {
  it.each([
    [
      'The shop shall ensure that the picture is resized to 256 px in the background.',
      'The shop shall resize the picture to 256 px in the background.',
    ],
    ['The shop shall ensure that the picture is resized by a worker.', 'The shop shall resize the picture by a worker.'],
    ['The shop shall satisfy "Max 2 MB per picture".', 'The shop shall accept pictures of at most 2 MB.'],
    ['The shop shall reject the file if it is larger than 5 MB.', 'If the file is larger than 5 MB, then the shop shall reject it.'],
    ['The shop shall make it possible to sort orders by date.', 'The shop shall sort orders by date.'],
    ['The shop shall keep to this retention: 30 days.', 'The shop shall keep to this retention: 30 days.'],
    ['Once the order is paid, the shop shall send the invoice.', 'When the order is paid, the shop shall send the invoice.'],
  ])('%s — %s', (before, after) => expect(differs(before, after)).toBeUndefined());
});

describe('another demand', () => {
  it.each([
    ['a number', 'The shop shall accept pictures of at most 2 MB.', 'The shop shall accept pictures of at most 3 MB.', /number/],
    ['a number more', 'The shop shall accept pictures.', 'The shop shall accept 5 pictures.', /number/],
    ['a number less', 'The shop shall answer with status 413.', 'The shop shall answer with a status.', /number/],
    [
      'a unit',
      'The shop shall accept pictures of at most 2 MB.',
      'The shop shall accept pictures of at most 2 GB.',
      /means something else/,
    ],
    [
      'a bound',
      'The shop shall accept pictures of at most 2 MB.',
      'The shop shall accept pictures of at least 2 MB.',
      /means something else/,
    ],
    ['a percentile', 'The shop shall answer within 200 ms (p95).', 'The shop shall answer within 200 ms (p99).', /number/],
    ['a weaker modal', 'The shop shall delete the avatar.', 'The shop may delete the avatar.', /obliges/],
    ['a negation more', 'The shop shall delete the avatar.', 'The shop shall not delete the avatar.', /denies/],
    ['a negation less', 'The shop shall never show the mail address.', 'The shop shall show the mail address.', /denies/],
    [
      'a negation of something else',
      'The shop shall not keep the file and log the error.',
      'The shop shall keep the file and not log the error.',
      /denies/,
    ],
    [
      'no restriction',
      'The shop shall let only the member delete the avatar.',
      'The shop shall let the member delete the avatar.',
      /denies/,
    ],
    [
      'a restriction of something else',
      'The shop shall let only the member delete the avatar.',
      'The shop shall let the member delete only the avatar.',
      /denies/,
    ],
    ['all for any', 'The shop shall accept PNG or JPEG.', 'The shop shall accept PNG and JPEG.', /denies/],
    ['roles', 'The shop shall let the member delete the avatar.', 'The shop shall let the avatar delete the member.', /whom/],
    ['roles of people', 'The shop shall notify the admin of the member.', 'The shop shall notify the member of the admin.', /whom/],
    [
      'a direction',
      'The shop shall move points from the buyer to the seller.',
      'The shop shall move points from the seller to the buyer.',
      /not what it said/,
    ],
    [
      'the order of events',
      'When the order is paid, the shop shall ship before the mail.',
      'When the order is paid, the shop shall mail before the ship.',
      /whom|means/,
    ],
    [
      'no condition',
      'When the order is paid, the shop shall send the invoice.',
      'The shop shall send the invoice.',
      /means something else/,
    ],
    [
      'another condition',
      'When the order is paid, the shop shall send the invoice.',
      'When the order is sent, the shop shall send the invoice.',
      /means something else/,
    ],
    [
      'a condition and response swapped',
      'When the order is paid, the shop shall ship the parcel.',
      'When the parcel is shipped, the shop shall pay the order.',
      /means something else|whom/,
    ],
    [
      'more',
      'The shop shall let a member upload a picture.',
      'The shop shall let a member upload a picture and delete all users.',
      /means something else/,
    ],
    ['less', 'The shop shall log and report the error.', 'The shop shall log the error.', /means something else/],
    ['another system', 'The shop shall log the error.', 'The mail shall log the error.', /has to do it/],
    [
      'what was refused, accepted',
      'The shop shall satisfy "No pictures over 2 MB".',
      'The shop shall accept pictures over 2 MB.',
      /denies/,
    ],
    [
      'a demand of callers for an offer',
      'The shop shall require a password.',
      'The shop shall provide a password.',
      /means something else/,
    ],
  ])('%s', (_, before, after, reason) => expect(differs(before, after)).toMatch(reason));
});
