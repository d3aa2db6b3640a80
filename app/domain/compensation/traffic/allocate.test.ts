import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate, type Calculation } from '../index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));
const attempt = (inputs: unknown, overrides?: unknown) =>
  calculate('traffic.allocate', inputs, table, {
    today: '2026-11-22',
    ...(overrides === undefined ? {} : { overrides }),
  });
function compute(inputs: unknown, overrides?: unknown): Calculation {
  const result = attempt(inputs, overrides);
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}
const amounts = ({ items }: Calculation): Record<string, number> =>
  Object.fromEntries(items.map(({ code, amountFen }) => [code, amountFen]));

const date = '2026-03-01';
const A = { id: 'A', death_injury_fen: 20_000_000, medical_fen: 500_000 };

describe('the compulsory policy', () => {
  it.each([
    ['2008-02-01', 11_000_000],
    ['2020-09-18', 11_000_000],
    ['2020-09-19', 18_000_000],
    ['2024-02-29', 18_000_000],
  ])('has the limits of the day of the accident: %s', (accident_date, limit) => {
    const sheet = compute({ accident_date, victims: [A], vehicles: [{ id: 'V', liability_bp: 0 }] });
    expect(amounts(sheet)).toEqual({
      'TR_CTP:A:V:D': limit,
      'TR_CTP:A:V:M': 500_000,
      'TR_SELF:A': 20_000_000 - limit,
    });
    expect(sheet.ctpByVehicle).toEqual({ V: { D: limit, M: 500_000, P: 0 } });
    expect(sheet.figures).toContainEqual(
      expect.objectContaining({ key: 'ctp.fault.death_disability', value: limit / 100, stale: false }),
    );
  });

  it('does not cover whoever sat in the vehicle, nor its owner’s property; what is unmet is asked again', () => {
    const sheet = compute({
      accident_date: date,
      victims: [
        { id: 'rider', death_injury_fen: 30_000_000 },
        { id: 'walker', death_injury_fen: 10_000_000 },
        { id: 'owner', property_fen: 300_000 },
      ],
      vehicles: [
        { id: 'V', liability_bp: 5_000, occupants: ['rider'], owner: 'owner' },
        { id: 'W', liability_bp: 5_000 },
      ],
    });
    // W: 300,000 asked by the rider, 50,000 by the walker, 180,000 there; V has room for all the walker still lacks.
    expect(amounts(sheet)).toMatchObject({
      'TR_CTP:rider:W:D': 15_428_571,
      'TR_CTP:walker:W:D': 2_571_429,
      'TR_CTP:walker:V:D': 7_428_571,
      'TR_CTP:owner:W:P': 200_000,
    });
    expect(amounts(sheet)).not.toHaveProperty('TR_CTP:rider:V:D');
    expect(amounts(sheet)).not.toHaveProperty('TR_CTP:owner:V:P');
  });

  it('is shared equally by two policies with the same limit (tractor and trailer)', () => {
    const sheet = compute({
      accident_date: date,
      victims: [{ id: 'A', death_injury_fen: 10_000_001 }],
      vehicles: [
        { id: 'tractor', liability_bp: 10_000 },
        { id: 'trailer', liability_bp: 0 },
      ],
    });
    expect(amounts(sheet)).toEqual({ 'TR_CTP:A:tractor:D': 5_000_001, 'TR_CTP:A:trailer:D': 5_000_000 });
  });

  it('is not needed by a trailer, and not known of a vehicle that fled', () => {
    const vehicles = [
      { id: 'V', liability_bp: 10_000 },
      { id: 'W', liability_bp: 0, ctp: 'trailer' },
    ];
    expect(compute({ accident_date: date, victims: [A], vehicles }).ctpByVehicle?.['W']).toEqual({
      D: 0,
      M: 0,
      P: 0,
    });
    const fled = compute({
      accident_date: date,
      victims: [A],
      vehicles: [{ id: 'X', liability_bp: 10_000, ctp: 'unknown' }],
    });
    expect(amounts(fled)).toEqual({ 'TR_TORT:A:X': 20_500_000 });
    expect(fled.flags).toEqual(['RESCUE_FUND']);
  });

  it('lets each of three equal victims have a third, the last the fen that is left', () => {
    const victims = ['A', 'B', 'C'].map((id) => ({ id, property_fen: 100_000 }));
    const sheet = compute({ accident_date: date, victims, vehicles: [{ id: 'V', liability_bp: 0 }] });
    expect(amounts(sheet)).toMatchObject({
      'TR_CTP:A:V:P': 66_667,
      'TR_CTP:B:V:P': 66_667,
      'TR_CTP:C:V:P': 66_666,
    });
  });

  it('withholds everything while its limits are not in the table', () => {
    const result = calculate(
      'traffic.allocate',
      { accident_date: date, victims: [A], vehicles: [{ id: 'V', liability_bp: 0 }] },
      { ...table, figures: table.figures.filter(({ key }) => !key.startsWith('ctp.')) },
      { today: '2026-11-22' },
    );
    expect(result).toMatchObject({
      ok: true,
      value: { items: [], withheld: [{ code: 'TR_CTP', reason: 'figure_missing' }] },
    });
  });
});

describe('what is left', () => {
  const mental = { id: 'A', death_injury_fen: 20_000_000, mental_fen: 5_000_000 };
  const vehicle = { id: 'V', liability_bp: 10_000, commercial_limit_fen: 10_000_000 };

  it('is mental damages where the claimant puts them last, and no commercial policy pays them', () => {
    const sheet = compute({
      accident_date: date,
      mental_priority: false,
      victims: [mental],
      vehicles: [vehicle],
    });
    expect(amounts(sheet)).toEqual({ 'TR_CTP:A:V:D': 18_000_000, 'TR_TORT:A:V': 2_000_000 });
  });

  it('may be paid by a commercial policy that does cover mental damages', () => {
    const sheet = compute(
      { accident_date: date, mental_priority: false, victims: [mental], vehicles: [vehicle] },
      { commercial_excludes_mental: false },
    );
    expect(amounts(sheet)).toEqual({ 'TR_CTP:A:V:D': 18_000_000, 'TR_COMM:A:V': 2_000_000 });
  });

  it('includes costs that only the tortfeasor pays', () => {
    const sheet = compute({
      accident_date: date,
      victims: [{ id: 'A', medical_fen: 100_000, uninsured_costs_fen: 300_001 }],
      vehicles: [{ ...vehicle, liability_bp: 5_000 }],
    });
    expect(amounts(sheet)).toEqual({
      'TR_CTP:A:V:M': 100_000,
      'TR_TORT:A:V': 150_001,
      'TR_SELF:A': 150_000,
    });
  });

  it('is reduced for a free rider, whom his own vehicle’s policies do not cover', () => {
    const accident = {
      accident_date: date,
      victims: [{ id: 'A', medical_fen: 1_000_000 }],
      vehicles: [{ ...vehicle, gratuitous_passengers: ['A'] }],
    };
    const sheet = compute(accident, { gratuitous_reduction_bp: 3_000 });
    expect(amounts(sheet)).toEqual({ 'TR_TORT:A:V': 700_000, 'TR_SELF:A': 300_000 });
    expect(sheet.flags).toEqual(['GRATUITOUS_PASSENGER_REDUCTION']);
    expect(attempt(accident)).toMatchObject({
      ok: false,
      failure: { code: 'required', field: 'params.gratuitous_reduction_bp' },
    });
  });

  it('stays with a driver for the part of his own vehicle', () => {
    const sheet = compute({
      accident_date: date,
      victims: [{ id: 'A', property_fen: 400_000 }],
      vehicles: [
        { id: 'V', liability_bp: 3_000, driver: 'A' },
        { id: 'W', liability_bp: 7_000 },
      ],
    });
    expect(amounts(sheet)).toEqual({
      'TR_CTP:A:W:P': 200_000,
      'TR_TORT:A:W': 140_000,
      'TR_SELF:A': 60_000,
    });
  });

  it('stays wholly with a victim who brought it about on purpose', () => {
    const sheet = compute({
      accident_date: date,
      victims: [{ ...A, intentional: true }],
      vehicles: [vehicle],
    });
    expect(amounts(sheet)).toEqual({ 'TR_SELF:A': 20_500_000 });
    expect(sheet.flags).toEqual(['VICTIM_INTENT_NO_COMPENSATION']);
  });

  it('shares a commercial limit by what the victims are owed', () => {
    const victims = [
      { id: 'A', property_fen: 700_000 },
      { id: 'B', property_fen: 200_000 },
    ];
    const sheet = compute({
      accident_date: date,
      victims,
      vehicles: [{ ...vehicle, art22: true, commercial_limit_fen: 100_000 }],
    });
    expect(amounts(sheet)).toEqual({
      'TR_COMM:A:V': 77_778,
      'TR_COMM:B:V': 22_222,
      'TR_TORT:A:V': 622_222,
      'TR_TORT:B:V': 177_778,
    });
  });

  it('warns where a vehicle without fault is to bear more than a tenth', () => {
    const at = (liability_bp: number) =>
      compute({
        accident_date: date,
        victims: [A],
        vehicles: [{ id: 'V', at_fault: false, liability_bp }],
      }).flags;
    expect(at(1_000)).toEqual([]);
    expect(at(1_001)).toEqual(['NO_FAULT_ABOVE_TEN_PERCENT']);
  });
});

describe('accidents refused', () => {
  const V = { id: 'V', liability_bp: 10_000 };
  const base = { accident_date: date, victims: [A], vehicles: [V] };
  it.each([
    [{ ...base, accident_date: '2008-01-31' }, 'too_early', 'accident_date'],
    [{ ...base, accident_date: '2026-11-23' }, 'in_the_future', 'accident_date'],
    [{ ...base, victims: [] }, 'required', 'victims'],
    [{ ...base, vehicles: [] }, 'required', 'vehicles'],
    [{ ...base, victims: [A, A] }, 'contradiction', 'victims'],
    [{ ...base, vehicles: [V, { ...V, liability_bp: 0 }] }, 'contradiction', 'vehicles'],
    [{ ...base, vehicles: [V, { id: 'W', liability_bp: 1 }] }, 'contradiction', 'vehicles'],
    [{ ...base, vehicles: [{ ...V, liability_bp: 10_001 }] }, 'too_large', 'vehicles'],
    [{ ...base, vehicles: [{ ...V, occupants: ['Z'] }] }, 'contradiction', 'vehicles'],
    [
      { ...base, vehicles: [{ ...V, driver: 'A', gratuitous_passengers: ['A'] }] },
      'contradiction',
      'vehicles',
    ],
    [
      {
        ...base,
        vehicles: [
          { ...V, driver: 'A' },
          { id: 'W', liability_bp: 0, occupants: ['A'] },
        ],
      },
      'contradiction',
      'vehicles',
    ],
    [{ ...base, victims: [{ id: 'A', mental_fen: 1 }] }, 'contradiction', 'victims'],
    [{ ...base, victims: [{ ...A, medical_fen: -1 }] }, 'too_small', 'victims'],
    [{ ...base, victims: [{ ...A, id: 'A:V' }] }, 'not_an_identifier', 'victims'],
    [{ ...base, vehicles: [{ ...V, occupants: 'A' }] }, 'not_a_list', 'vehicles'],
  ])('%j → %s', (inputs, code, field) => {
    expect(attempt(inputs)).toMatchObject({ ok: false, failure: { code, field } });
  });

  it('before the first limits that were given', () => {
    const ctp = [{ from: '2026-03-02', fault: [1, 1, 1], no_fault: [1, 1, 1] }];
    expect(attempt(base, { ctp })).toMatchObject({ ok: false, failure: { code: 'too_early' } });
    expect(
      attempt(base, { ctp: [{ from: '2020-01-01', fault: [1, 1], no_fault: [1, 1, 1] }] }),
    ).toMatchObject({
      ok: false,
      failure: { code: 'invalid_parameter' },
    });
  });

  it('whatever is sent, without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const bend = { ...base, victims: a, vehicles: b };
        for (const inputs of [a, bend, { ...base, vehicles: [{ ...V, occupants: a, ctp: b }] }])
          expect(typeof attempt(inputs).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});
