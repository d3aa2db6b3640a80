import { describe, expect, test } from 'vitest';

import { afterAidStep, aidProgress, lackingAidStep, toggled } from './aid.ts';
import { idlePolicy } from './idle.ts';
import { afterTouch, attentive, isDeaf } from './mash.ts';
import { nobody, type AidDraft, type Screen } from './visit.ts';
import { day, masked, phoneGroups, yuan } from './wording.ts';

const on = (screen: Screen, elder = false) => idlePolicy({ ...nobody(1), screen, elder });

describe('the idle clock', () => {
  test('gives readers a minute and form fillers two, elders and listeners three times as much', () => {
    expect(on({ at: 'home' })).toEqual({ afterMs: 60_000, warningMs: 20_000 });
    expect(on({ at: 'ask' })).toEqual({ afterMs: 120_000, warningMs: 30_000 });
    expect(on({ at: 'home' }, true)).toEqual({ afterMs: 180_000, warningMs: 60_000 });
    expect(idlePolicy({ ...nobody(1), screen: { at: 'home' }, byEar: true })).toEqual(
      on({ at: 'home' }, true),
    );
    expect(on({ at: 'speak', eager: false })).toEqual(on({ at: 'ask' }));
  });
  test('rests on the poster and while paper is coming', () => {
    expect(on({ at: 'attract' })).toBeNull();
    expect(on({ at: 'printing', ticket: 1, slip: { kind: 'contacts' }, lengthMm: 90, share: 0 })).toBeNull();
  });
});

describe('the touch guard', () => {
  const touches = (times: readonly number[]) => times.reduce(afterTouch, attentive);
  test('lets a quick typist through', () => {
    expect(isDeaf(touches([0, 150, 300, 450, 600, 750, 900, 1050, 1200]), 1201)).toBe(false);
  });
  test('goes deaf for two seconds after eight touches within one', () => {
    const guard = touches([0, 100, 200, 300, 400, 500, 600, 700]);
    expect([isDeaf(guard, 701), isDeaf(guard, 2_699), isDeaf(guard, 2_701)]).toEqual([true, true, false]);
  });
  test('is not confused by a clock that was set back', () => {
    const guard = touches([10_000, 10_100, 10_200, 10_300, 10_400, 10_500, 10_600]);
    expect(isDeaf(afterTouch(guard, 5), 6)).toBe(false);
  });
});

describe('the legal-aid form', () => {
  const draft: AidDraft = {
    ...nobody(1).aid,
    name: '王大山',
    phone: '13800000000',
    matter: 'wages',
    circumstances: ['none'],
  };
  test('does not ask again what the card has answered', () => {
    expect(afterAidStep({ ...draft, fromCard: true }, 'identity', false)).toEqual({
      at: 'aid',
      step: 'phone',
      changing: false,
    });
    expect(afterAidStep(draft, 'identity', false)).toEqual({ at: 'aid', step: 'name', changing: false });
    expect(aidProgress({ ...draft, fromCard: true }, 'phone')).toEqual({ position: 2, total: 6 });
  });
  test('returns to the review after a change and after the last step', () => {
    expect(afterAidStep(draft, 'name', true)).toEqual({ at: 'aidReview' });
    expect(afterAidStep(draft, 'facts', false)).toEqual({ at: 'aidReview' });
  });
  test('knows what still lacks', () => {
    expect(lackingAidStep(draft)).toBeNull();
    expect(lackingAidStep({ ...draft, phone: '1380000' })).toBe('phone');
    expect(lackingAidStep({ ...draft, idNumber: '11010519491231' })).toBe('idNumber');
  });
  test('takes a number with letters from the card alone: nobody can type it', () => {
    const foreigner = { ...draft, idNumber: 'CAN530190010118' };
    expect(lackingAidStep({ ...foreigner, fromCard: true })).toBeNull();
    expect(lackingAidStep(foreigner)).toBe('idNumber');
    expect(lackingAidStep({ ...foreigner, fromCard: true, idNumber: 'CAN530190010117' })).toBe('idNumber');
  });
  test('“none of these” and the others exclude each other', () => {
    expect(toggled(['minor', 'special_care'], 'none')).toEqual(['none']);
    expect(toggled(['none'], 'minor')).toEqual(['minor']);
    expect(toggled(['minor'], 'minor')).toEqual([]);
  });
});

describe('words for figures', () => {
  test('money, days and numbers', () => {
    expect(yuan(10_656_750)).toBe('106,567.50');
    expect(day('2026-09-01', 'zh-CN')).toBe('2026年9月1日');
    expect(day('2026-09-01', 'en')).toBe('1 September 2026');
    expect(day('soon', 'zh-CN')).toBe('soon');
    expect(masked('11010519491231002X')).toBe('110***********002X');
    expect(masked('')).toBe('');
    expect(phoneGroups('13800000000')).toBe('138 0000 0000');
  });
});
