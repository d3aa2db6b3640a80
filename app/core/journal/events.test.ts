import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { describeEvents, EVENTS } from './index.ts';

test('docs/events.md is the catalogue (npx node tools/events.ts writes it)', () => {
  expect(readFileSync('docs/events.md', 'utf8')).toBe(describeEvents());
});

test('no event has a place for personal data', () => {
  const fields = Object.values(EVENTS).flatMap(({ payload }) => Object.keys(payload.shape));
  for (const personal of [
    'name',
    'question',
    'text',
    'phone',
    'idNumber',
    'number',
    'address',
    'facts',
    'birth',
    'inputs',
  ])
    expect(fields).not.toContain(personal);
});
