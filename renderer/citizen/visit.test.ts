import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { nothingAttached } from '../../app/domain/consult/index.ts';
import { nextVisit, nobody, type Screen, type Visit, type VisitEvent } from './visit.ts';

const after = (events: readonly VisitEvent[], from: Visit = nobody(0)) => events.reduce(nextVisit, from);
const started = after([{ kind: 'started' }]);
const handover: Screen = {
  at: 'handover',
  reason: 'not_understood',
  suggestions: [],
  ...nothingAttached,
};

const screens: readonly Screen[] = [
  { at: 'home' },
  { at: 'ask' },
  handover,
  { at: 'refused', reason: 'empty' },
  { at: 'find', what: 'statutes' },
  { at: 'foundGuides', query: '公证', guides: [] },
  { at: 'noArticle', reason: 'absent', name: null },
  { at: 'unsolved', id: 'labour.wage-arrears', recorded: true },
  { at: 'review', interview: 'severance' },
  { at: 'printed' },
  { at: 'aidConsent' },
  { at: 'aid', step: 'name', changing: false },
  { at: 'aidReview' },
  { at: 'aidSaved', receiptNumber: 'KM-1', lackingPapers: [] },
  { at: 'speak', eager: false },
  {
    at: 'heard',
    heard: { text: '测试甲打人', alternatives: [], repaired: [] },
    outcome: { at: 'refused', reason: 'empty' },
  },
  { at: 'rate' },
  { at: 'rateReasons', score: 1 },
];

const anyEvent: fc.Arbitrary<VisitEvent> = fc.oneof(
  fc.constantFrom(...screens).map((to): VisitEvent => ({ kind: 'went', to })),
  fc.constantFrom<VisitEvent>(
    { kind: 'started' },
    { kind: 'back' },
    { kind: 'home' },
    { kind: 'elder' },
    { kind: 'contrast' },
    { kind: 'byEar' },
    { kind: 'headphones' },
    { kind: 'idleWarned' },
    { kind: 'stayed' },
    { kind: 'language', language: 'en' },
    { kind: 'waited', ticket: 1, on: 'answer' },
    { kind: 'arrived', ticket: 1, at: handover, replacing: false },
    { kind: 'troubled', ticket: 1 },
  ),
  fc.string().map((question): VisitEvent => ({ kind: 'typed', question })),
  fc.string().map((search): VisitEvent => ({ kind: 'searched', search })),
  fc
    .string()
    .map((name): VisitEvent => ({ kind: 'filled', change: { name, idNumber: '11010519491231002X' } })),
  fc.constant<VisitEvent>({ kind: 'answered', interview: 'work-injury', answers: { situation: 'injured' } }),
);

describe('a visit', () => {
  test('begins at home with the first touch, under a new number', () => {
    expect(started).toMatchObject({ number: 1, screen: { at: 'home' }, past: [] });
  });

  test('goes back from every screen to where it came from', () => {
    for (const screen of screens) {
      const there = after(
        [
          { kind: 'went', to: { at: 'ask' } },
          { kind: 'went', to: screen },
        ],
        started,
      );
      expect(nextVisit(there, { kind: 'back' }).screen).toEqual({ at: 'ask' });
    }
  });

  test('keeps what was typed and answered when it goes back', () => {
    const visit = after(
      [
        { kind: 'went', to: { at: 'ask' } },
        { kind: 'typed', question: '欠薪' },
        { kind: 'answered', interview: 'work-injury', answers: { situation: 'injured' } },
        { kind: 'back' },
      ],
      started,
    );
    expect(visit).toMatchObject({ question: '欠薪', answers: { 'work-injury': { situation: 'injured' } } });
  });

  test('drops an answer that comes after the citizen has gone back', () => {
    const visit = after([{ kind: 'waited', ticket: 7, on: 'answer' }, { kind: 'back' }], started);
    expect(nextVisit(visit, { kind: 'arrived', ticket: 7, at: handover, replacing: false })).toBe(visit);
  });

  test('drops whatever belongs to an earlier visit', () => {
    const other = after([{ kind: 'ended' }, { kind: 'started' }], started);
    expect(nextVisit(other, { kind: 'sessionOpened', visit: started.number, sessionId: 'old' })).toBe(other);
    expect(
      nextVisit(other, { kind: 'progressed', visit: started.number, ticket: 1, screen: { at: 'printed' } }),
    ).toBe(other);
  });

  test('says trouble once; the next step takes it away', () => {
    const waiting = nextVisit(started, { kind: 'waited', ticket: 1, on: 'slip' });
    const troubled = nextVisit(waiting, { kind: 'troubled', ticket: 1 });
    expect(troubled).toMatchObject({ troubled: true, waiting: null, screen: { at: 'home' } });
    expect(nextVisit(troubled, { kind: 'went', to: { at: 'ask' } }).troubled).toBe(false);
  });

  test('calls the citizen back for trouble with the paper, and for nothing else', () => {
    const held = {
      at: 'held',
      ticket: 1,
      jobId: 'j',
      reason: 'paper_out',
      partly: true,
      slip: { kind: 'contacts' },
      lengthMm: 90,
    } as const;
    const printing = after(
      [
        {
          kind: 'replaced',
          by: { at: 'printing', ticket: 1, slip: { kind: 'contacts' }, lengthMm: 90, share: 0 },
        },
      ],
      nextVisit(started, { kind: 'went', to: { at: 'ask' } }),
    );
    const elsewhere = nextVisit(printing, { kind: 'back' });
    expect(
      nextVisit(elsewhere, { kind: 'progressed', visit: 1, ticket: 1, screen: { at: 'printed' } }).screen.at,
    ).toBe('home');
    expect(nextVisit(elsewhere, { kind: 'progressed', visit: 1, ticket: 1, screen: held }).screen.at).toBe(
      'held',
    );
    expect(
      nextVisit(printing, { kind: 'progressed', visit: 1, ticket: 1, screen: { at: 'printed' } }).screen.at,
    ).toBe('printed');
  });

  test('one print job does not speak for another', () => {
    const second = nextVisit(started, {
      kind: 'replaced',
      by: { at: 'printing', ticket: 2, slip: { kind: 'contacts' }, lengthMm: 90, share: 0 },
    });
    const first = nextVisit(second, { kind: 'progressed', visit: 1, ticket: 1, screen: { at: 'printed' } });
    expect(first.screen).toMatchObject({ at: 'printing', ticket: 2 });
  });

  test('leaves nothing behind when it ends, whatever happened in it', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        const ended = nextVisit(after(events, started), { kind: 'ended' });
        const { number, language, elder, contrast, byEar } = ended;
        expect(number).toBeGreaterThan(1);
        expect(ended).toEqual({
          ...nobody(number),
          language,
          elder,
          contrast,
          byEar,
          screen: { at: 'farewell', ratingLost: false },
        });
        expect(nextVisit(ended, { kind: 'closed' })).toEqual(nobody(number));
      }),
    );
  });

  test('closes a form that was handed in: nothing leads back into it, and the next is another', () => {
    const saved: Screen = { at: 'aidSaved', receiptNumber: 'KM-1', lackingPapers: [] };
    const visit = after(
      [
        { kind: 'went', to: { at: 'aidConsent' } },
        { kind: 'went', to: { at: 'aidReview' } },
        { kind: 'filled', change: { name: '测试甲', requestId: 'r-1' } },
        { kind: 'waited', ticket: 1, on: 'saving' },
        { kind: 'arrived', ticket: 1, at: saved, replacing: false },
      ],
      started,
    );
    expect(visit).toMatchObject({ screen: saved, aid: { name: '', requestId: '' } });
    expect(nextVisit(visit, { kind: 'back' }).screen.at).toBe('home');
  });

  test('tells of a rating that was not saved while its own farewell stands, and never later', () => {
    const lost: VisitEvent = { kind: 'ratingLost', visit: started.number + 1 };
    const farewell = nextVisit(started, { kind: 'ended' });
    expect(nextVisit(farewell, lost).screen).toEqual({ at: 'farewell', ratingLost: true });
    const poster = nextVisit(farewell, { kind: 'closed' });
    expect(nextVisit(poster, lost)).toBe(poster);
    const next = nextVisit(farewell, { kind: 'started' });
    expect(nextVisit(next, lost)).toBe(next);
  });

  test('never warns or takes a session while nobody is there', () => {
    const poster = nobody(3);
    expect(nextVisit(poster, { kind: 'idleWarned' })).toBe(poster);
    expect(nextVisit(poster, { kind: 'sessionOpened', visit: 3, sessionId: 's' })).toBe(poster);
  });
});
