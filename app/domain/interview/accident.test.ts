import { describe, expect, it } from 'vitest';

import { acceptAnswer, interviews, interviewState } from './index.ts';
import { accident, answer, CAR, plan, refusal, TODAY, WALKER } from './plans.samples.ts';

describe('both sides of an accident on one sheet', () => {
  it('become victims and vehicles with marks of their side', () => {
    const { runs, missing } = plan('traffic', answer('traffic', accident));
    expect(missing).toEqual([]);
    expect(runs).toEqual([
      {
        calculator: 'traffic.allocate',
        label: null,
        inputs: {
          accident_date: '2026-03-01',
          mental_priority: true,
          victims: [
            {
              ...{ id: 'ours_person_1', death_injury_fen: 30_000_000, mental_fen: 1_000_000 },
              ...{ medical_fen: 4_000_000, property_fen: 50_000, uninsured_costs_fen: 0 },
            },
          ],
          vehicles: [
            {
              ...{ id: 'theirs_car_1', liability_bp: 7000, at_fault: true, ctp: 'insured' },
              ...{ commercial_limit_fen: 50_000_000, art22: false, occupants: [], gratuitous_passengers: [] },
            },
          ],
        },
      },
    ]);
  });

  it('try the customary shares where one is not known, none above what is left', () => {
    const own = { ...CAR, side: 'ours', share: '30' };
    const labels = (vehicles: unknown) =>
      plan('traffic', answer('traffic', { ...accident, vehicles })).runs.map(({ label }) => label);
    expect(labels([{ ...CAR, share: null }])).toEqual([0, 30, 50, 70, 100].map((share) => `share_${share}`));
    expect(labels([own, { ...CAR, share: null }])).toEqual([0, 30, 50, 70].map((share) => `share_${share}`));
    expect(labels([{ ...CAR, at_fault: 'no', share: null }])).toEqual(['share_0']);
    expect(
      labels([
        { ...CAR, share: null },
        { ...own, share: null },
      ]),
    ).toEqual(['0_0', '0_100', '30_70', '50_50', '70_30', '100_0'].map((pair) => `share_${pair}`));
    const innocent = { ...own, at_fault: 'no', share: null };
    expect(labels([{ ...CAR, share: null }, innocent])).toEqual(['share_0_0', 'share_100_0']);
  });

  it('seat people in vehicles, ask for the reduction of a free ride, and refuse what cannot be', () => {
    const rider = { ...WALKER, seat: 'car_1', seat_as: 'free_rider', property: '0' };
    const answers = answer('traffic', { ...accident, victims: [rider], reduction: '20' });
    expect(plan('traffic', answers).runs[0]?.inputs).toMatchObject({
      typed: { gratuitous_reduction_bp: 2000 },
      vehicles: [{ gratuitous_passengers: ['ours_person_1'] }],
    });
    const list = interviews.traffic.questions.find(({ id }) => id === 'victims');
    if (list?.kind !== 'entries') throw new Error('no list');
    expect(acceptAnswer(list, { side: 'ours' }, 'seat', 'car_2', TODAY, answers)).toEqual({
      ok: false,
      failure: { code: 'contradiction' },
    });
    expect(refusal('traffic', answers, 'victims', [])).toBe('too_few');
    expect(refusal('traffic', answers, 'victims', [{ side: 'ours' }])).toBe('unfinished_entry');
    expect(
      refusal(
        'traffic',
        answers,
        'victims',
        Array.from({ length: 21 }, () => ({})),
      ),
    ).toBe('too_many');
    expect(refusal('traffic', answers, 'victims', 'nobody')).toBe('empty');
    expect(refusal('traffic', answers, 'victims', null)).toBe('empty');
    const driver = { ...WALKER, seat: 'car_1', seat_as: 'driver', owner: 'yes' };
    expect(() => answer('traffic', { ...accident, victims: [driver, driver] })).toThrow('contradiction');
    expect(() => answer('traffic', { ...accident, vehicles: [CAR, CAR] })).toThrow('contradiction');
    expect(() => answer('traffic', { ...accident, vehicles: [{ ...CAR, at_fault: 'no' }] })).toThrow(
      'vehicles.share: contradiction',
    );
  });

  it('ask about the people again when a change takes their vehicle away', () => {
    const rider = { ...WALKER, seat: 'car_2', seat_as: 'passenger', property: '0' };
    const own = { ...CAR, side: 'ours', share: '30' };
    const both = answer('traffic', { ...accident, vehicles: [CAR, own], victims: [rider] });
    const read = acceptAnswer(
      interviews.traffic,
      both,
      'vehicles',
      [both['vehicles']].flat().slice(0, 1),
      TODAY,
    );
    expect(read.ok && interviewState(interviews.traffic, read.value)).toMatchObject({
      questionId: 'victims',
    });
  });
});
