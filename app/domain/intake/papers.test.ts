import { expect, test } from 'vitest';

import { LEGAL_AID_PAPERS, papersNeeded } from './index.ts';
import chinese from '../../../locales/zh-CN/intake.json' with { type: 'json' };

test.each([
  ['wages', ['none'], ['identity', 'case', 'hardship']],
  ['wages', ['migrant_worker'], ['identity', 'case', 'circumstance']],
  ['domestic_violence', ['none'], ['identity', 'case']],
  ['bravery', ['minor'], ['identity', 'case']],
])('%s with %j needs %j', (matter, circumstances, papers) => {
  expect(papersNeeded({ matter, circumstances })).toEqual(papers);
});

test('every paper has words', () => {
  expect(Object.keys(chinese.paper).sort()).toEqual([...LEGAL_AID_PAPERS].sort());
});
