import { describe, expect, test } from 'vitest';

import { INTERVIEW_IDS } from '../../app/domain/interview/index.ts';
import { answersOf, askedQuestion, calculatorOrder, listName, listOf, openingScreen } from './interviews.ts';
import { nextVisit, nobody, type Screen, type Visit, type VisitEvent } from './visit.ts';

const after = (events: readonly VisitEvent[], from: Visit) => events.reduce(nextVisit, from);
const started = nextVisit(nobody(0), { kind: 'started' });
const answered = (interview: 'severance' | 'traffic', answers: Record<string, string>): VisitEvent => ({
  kind: 'answered',
  interview,
  answers,
});

test('every interview has its door, once', () => {
  expect([...calculatorOrder].sort()).toEqual([...INTERVIEW_IDS].sort());
});

describe('an interview', () => {
  test('with two sides asks first whose answers they are, and goes on where it stood', () => {
    expect(openingScreen(started, 'severance')).toEqual({ at: 'sides', interview: 'severance' });
    expect(openingScreen(started, 'overtime')).toMatchObject({ at: 'question', interview: 'overtime' });
    const begun = nextVisit(started, answered('severance', { start_date: '2020-03-15' }));
    expect(openingScreen(begun, 'severance')).toMatchObject({ at: 'question', questionId: 'still_there' });
  });

  test('keeps its answers beside those of another, and nothing after home or the end', () => {
    const both = after(
      [
        answered('severance', { start_date: '2020-03-15' }),
        answered('traffic', { accident_date: '2026-03-05' }),
      ],
      started,
    );
    expect(answersOf(both, 'severance')).toEqual({ start_date: '2020-03-15' });
    expect(answersOf(both, 'traffic')).toEqual({ accident_date: '2026-03-05' });
    for (const kind of ['home', 'ended'] as const) {
      const wiped = nextVisit(both, { kind });
      expect(answersOf(wiped, 'severance')).toEqual({});
      expect(wiped).toMatchObject({ lists: {}, entry: {}, bothSides: false });
    }
  });

  test('does not ask what is no longer asked', () => {
    expect(askedQuestion('severance', {}, 'start_date')?.position).toBe(1);
    expect(askedQuestion('severance', { still_there: 'yes' }, 'last_day')).toBeNull();
  });

  test('shows a list as it is being made, else as it was answered', () => {
    const answers = { vehicles: [{ side: 'ours' }] };
    expect(listOf(started, 'traffic', 'vehicles', answers)).toEqual([{ side: 'ours' }]);
    const list = listName('traffic', 'vehicles');
    const emptied = nextVisit(started, { kind: 'listed', list, entries: [] });
    expect(listOf(emptied, 'traffic', 'vehicles', answers)).toEqual([]);
  });
});

describe('going back to a sheet', () => {
  const list: Screen = { at: 'question', interview: 'traffic', questionId: 'vehicles' };
  const field: Screen = {
    at: 'field',
    interview: 'traffic',
    entry: { questionId: 'vehicles', index: 0 },
    fieldId: 'side',
  };

  test('passes over everything since, so that back does not lead into a finished entry', () => {
    const filled = after(
      [
        { kind: 'went', to: list },
        { kind: 'went', to: field },
        { kind: 'went', to: { ...field, fieldId: 'ctp' } },
        { kind: 'returned', to: list },
      ],
      started,
    );
    expect(filled.screen).toEqual(list);
    expect(filled.past).toEqual([{ at: 'home' }]);
  });

  test('is a step forward where it was never seen', () => {
    const there = nextVisit(started, { kind: 'returned', to: list });
    expect(there.past).toEqual([{ at: 'home' }]);
  });

  test('a result computed anew takes the place of the one before', () => {
    const result: Screen = {
      ...({
        at: 'result',
        interview: 'severance',
        outcomes: [],
        missing: [],
        remarks: [],
        times: [],
        shown: 0,
      } as const),
    };
    const again = after(
      [
        { kind: 'went', to: result },
        { kind: 'went', to: { at: 'suppose', interview: 'severance', outcomes: [] } },
        { kind: 'waited', ticket: 7, on: 'calculation' },
        { kind: 'arrived', ticket: 7, at: { ...result, missing: ['missing.grade'] }, replacing: false },
      ],
      started,
    );
    expect(again.screen).toMatchObject({ at: 'result', missing: ['missing.grade'] });
    expect(again.past).toEqual([{ at: 'home' }]);
  });
});
