import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  completedMonths,
  completedYears,
  daysBetween,
  firstOfMonth,
  isCalendarDate,
  yearOf,
} from './index.ts';

describe('calendar days', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-04-31',
    '1799-12-31',
    '3000-01-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00',
    '',
  ])('knows that %j is no day', (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  it('knows leap days', () => {
    expect(isCalendarDate('2024-02-29')).toBe(true);
    expect(isCalendarDate('2000-02-29')).toBe(true);
    expect(isCalendarDate('2100-02-29')).toBe(false);
  });

  it.each([
    ['2026-01-31', 30, '2026-03-02'],
    ['2024-01-31', 30, '2024-03-01'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2024-03-01', -1, '2024-02-29'],
  ])('%s + %i days = %s', (date, count, expected) => {
    expect(addDays(date, count)).toBe(expected);
  });

  it.each([
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-10-15', 3, '2027-01-15'],
  ])('%s + %i months = %s', (date, count, expected) => {
    expect(addMonths(date, count)).toBe(expected);
  });

  it('takes a year as twelve months', () => {
    expect(addYears('2026-01-31', 1)).toBe('2027-01-31');
    expect(firstOfMonth('2026-02-15')).toBe('2026-02-01');
    expect(yearOf('2026-02-15')).toBe(2026);
  });

  it('counts completed years', () => {
    expect(completedYears('1966-11-22', '2026-11-21')).toBe(59);
    expect(completedYears('1966-11-22', '2026-11-22')).toBe(60);
    expect(completedYears('2008-02-29', '2026-02-28')).toBe(17);
    expect(completedYears('2008-02-29', '2026-03-01')).toBe(18);
  });

  it('counts the days between two days, the first counted and the last not', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2023-02-28', '2023-03-01')).toBe(1);
    expect(daysBetween('2026-11-22', '2026-11-22')).toBe(0);
    expect(daysBetween('2026-11-22', '2026-11-21')).toBe(-1);
    expect(daysBetween('2019-01-10', '2020-08-20')).toBe(588);
  });

  it('counts completed months, a day that a month lacks being its last', () => {
    expect(completedMonths('2026-01-31', '2026-02-27')).toBe(0);
    expect(completedMonths('2026-01-31', '2026-02-28')).toBe(1);
    expect(completedMonths('2026-01-31', '2026-03-30')).toBe(1);
    expect(completedMonths('2024-02-29', '2025-02-28')).toBe(12);
    expect(completedMonths('2026-03-15', '2026-03-14')).toBe(-1);
  });

  it('treats a bad date in trusted places as a bug', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
  });

  it('goes there and back', () => {
    const dates = fc
      .date({ min: new Date('1901-01-01'), max: new Date('2900-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(dates, fc.integer({ min: -300, max: 300 }), (date, count) => {
        expect(addDays(addDays(date, count), -count)).toBe(date);
        expect(isCalendarDate(addMonths(date, count))).toBe(true);
      }),
    );
  });
});
