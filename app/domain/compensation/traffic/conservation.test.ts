import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate, type Calculation } from '../index.ts';

/**
 * traffic.allocate against two programs that share nothing with it: a table of floating point cells filled round by round,
 * as one would in a spreadsheet, for the compulsory policies, and coins handed out one fen at a time for the rest.
 */

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));
const LIMITS = { fault: [1_800, 180, 20], no_fault: [180, 18, 1] } as const;
const params = { ctp: [{ from: '2008-02-01', ...LIMITS }], gratuitous_reduction_bp: 2_500 };

function compute(inputs: unknown): Calculation {
  const result = calculate('traffic.allocate', inputs, table, { today: '2026-11-22', overrides: params });
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

const KINDS = ['death_injury_fen', 'medical_fen', 'property_fen'] as const;
const victim = fc.record({
  death_injury_fen: fc.integer({ min: 0, max: 4_000 }),
  mental: fc.integer({ min: 0, max: 100 }),
  medical_fen: fc.integer({ min: 0, max: 400 }),
  property_fen: fc.integer({ min: 0, max: 60 }),
  uninsured_costs_fen: fc.constantFrom(0, 0, 37),
});
const vehicle = fc.record({
  weight: fc.integer({ min: 0, max: 10 }),
  at_fault: fc.boolean(),
  ctp: fc.constantFrom('insured', 'insured', 'uninsured', 'trailer'),
  commercial_limit_fen: fc.constantFrom(0, 300, 1_000, 100_000),
  art22: fc.boolean(),
});

const accident = fc
  .record({
    victims: fc.array(victim, { minLength: 1, maxLength: 4 }),
    vehicles: fc.array(vehicle, { minLength: 1, maxLength: 3 }),
    own: fc.integer({ min: 0, max: 10 }),
    /** For each victim the vehicle he sat in, if there are so many. */
    seats: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 4, maxLength: 4 }),
    mental_priority: fc.boolean(),
  })
  .map(({ victims, vehicles, own, seats, mental_priority }) => {
    const all = vehicles.reduce((sum, { weight }) => sum + weight, own) || 1;
    return {
      accident_date: '2026-03-01',
      mental_priority,
      victims: victims.map(({ mental, ...losses }, index) => ({
        id: `v${index}`,
        ...losses,
        mental_fen: Math.floor((losses.death_injury_fen * mental) / 100),
      })),
      vehicles: vehicles.map(({ weight, ...rest }, at) => ({
        id: `c${at}`,
        ...rest,
        liability_bp: Math.floor((weight * 10_000) / all),
        occupants: victims.flatMap((_, index) => (seats[index] === at ? [`v${index}`] : [])),
      })),
    };
  });
type Accident = typeof accident extends fc.Arbitrary<infer Value> ? Value : never;

const limitOf = ({ at_fault: fault }: Accident['vehicles'][number], kind: number): number =>
  (fault ? LIMITS.fault : LIMITS.no_fault)[kind] ?? 0;

const covers = (car: Accident['vehicles'][number], who: string, kind: number): boolean =>
  car.ctp !== 'trailer' && !car.occupants.includes(who) && !(kind === 2 && car.art22);

/** One sheet of cells for a kind of loss: columns are vehicles, rows are victims; refilled until nothing moves. */
function spreadsheet({ victims, vehicles }: Accident, kind: number): number[][] {
  const cells = victims.map(() => vehicles.map(() => 0));
  for (let round = 0; round < 50; round += 1) {
    const columnLeft = vehicles.map(
      (car, c) => limitOf(car, kind) - cells.reduce((sum, row) => sum + (row[c] ?? 0), 0),
    );
    const wish = victims.map((who, r) => {
      const rest = who[KINDS[kind] ?? 'property_fen'] - (cells[r] ?? []).reduce((sum, cell) => sum + cell, 0);
      const usable = vehicles.map((car, c) =>
        covers(car, who.id, kind) && (columnLeft[c] ?? 0) > 1e-7 ? limitOf(car, kind) : 0,
      );
      const width = usable.reduce((sum, each) => sum + each, 0);
      return usable.map((each) => (width === 0 ? 0 : (rest * each) / width));
    });
    for (const c of vehicles.keys()) {
      const column = wish.reduce((sum, row) => sum + (row[c] ?? 0), 0);
      const factor = column > 0 ? Math.min(1, (columnLeft[c] ?? 0) / column) : 0;
      for (const [r, row] of cells.entries()) row[c] = (row[c] ?? 0) + (wish[r]?.[c] ?? 0) * factor;
    }
  }
  return cells;
}

/** Hands out coins one by one, each to whoever is furthest behind his weight. */
function coins(count: number, weights: readonly number[]): number[] {
  const purse = weights.map(() => 0);
  for (let coin = 0; coin < count; coin += 1) {
    let next = -1;
    for (const [index, weight] of weights.entries()) {
      if (weight === 0) continue;
      const behind = ((purse[index] ?? 0) + 0.5) / weight;
      if (next < 0 || behind < ((purse[next] ?? 0) + 0.5) / (weights[next] ?? 1)) next = index;
    }
    if (next < 0) break;
    purse[next] = (purse[next] ?? 0) + 1;
  }
  return purse;
}

const amountOf = ({ items }: Calculation, code: string): number =>
  items.find((item) => item.code === code)?.amountFen ?? 0;

describe('parts of a traffic loss', () => {
  it('agree with a spreadsheet and with coins handed out one by one', () => {
    fc.assert(
      fc.property(accident, (inputs) => {
        const sheet = compute(inputs);
        const { victims, vehicles } = inputs;
        const slack = victims.length + vehicles.length;
        for (const kind of [0, 1, 2])
          for (const [r, row] of spreadsheet(inputs, kind).entries())
            for (const [c, cell] of row.entries()) {
              const code = `TR_CTP:v${r}:c${c}:${'DMP'.charAt(kind)}`;
              expect(Math.abs(amountOf(sheet, code) - cell), code).toBeLessThanOrEqual(slack);
            }
        const own = victims.map((who) => {
          const ctp = sheet.items
            .filter(({ code }) => code.startsWith(`TR_CTP:${who.id}:`))
            .reduce((sum, { amountFen }) => sum + amountFen, 0);
          const inD = sheet.items
            .filter(({ code }) => code.startsWith(`TR_CTP:${who.id}:`) && code.endsWith(':D'))
            .reduce((sum, { amountFen }) => sum + amountFen, 0);
          const material = who.death_injury_fen - who.mental_fen;
          const mentalPaid = inputs.mental_priority
            ? Math.min(who.mental_fen, inD)
            : Math.max(0, inD - material);
          const left = who.death_injury_fen + who.medical_fen + who.property_fen - ctp;
          const shares = vehicles.map(({ liability_bp }) => liability_bp);
          const self = 10_000 - shares.reduce((sum, each) => sum + each, 0);
          return {
            parts: coins(left + who.uninsured_costs_fen, [...shares, self]),
            insurable: coins(left - (who.mental_fen - mentalPaid), [...shares, self]),
          };
        });
        for (const [c, car] of vehicles.entries()) {
          const asked = victims.map((who, r) =>
            car.occupants.includes(who.id) ? 0 : (own[r]?.insurable[c] ?? 0),
          );
          const all = asked.reduce((sum, each) => sum + each, 0);
          const insured = car.commercial_limit_fen >= all ? asked : coins(car.commercial_limit_fen, asked);
          for (const [r, who] of victims.entries()) {
            const paid = car.commercial_limit_fen === 0 ? 0 : (insured[r] ?? 0);
            const comm = amountOf(sheet, `TR_COMM:${who.id}:${car.id}`);
            const tort = amountOf(sheet, `TR_TORT:${who.id}:${car.id}`);
            expect(Math.abs(comm - paid), 'commercial').toBeLessThanOrEqual(slack);
            expect(Math.abs(comm + tort - (own[r]?.parts[c] ?? 0)), 'part').toBeLessThanOrEqual(slack);
          }
        }
        for (const [r, who] of victims.entries())
          expect(
            Math.abs(amountOf(sheet, `TR_SELF:${who.id}`) - (own[r]?.parts.at(-1) ?? 0)),
          ).toBeLessThanOrEqual(slack);
      }),
      { numRuns: 1_500 },
    );
  }, 120_000);

  it('sum to the loss of each victim, within every limit', () => {
    fc.assert(
      fc.property(accident, (inputs) => {
        const sheet = compute(inputs);
        for (const who of inputs.victims) {
          const parts = sheet.items.filter(({ code }) => code.split(':')[1] === who.id);
          expect(parts.every(({ amountFen }) => amountFen > 0)).toBe(true);
          expect(parts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(
            who.death_injury_fen + who.medical_fen + who.property_fen + who.uninsured_costs_fen,
          );
        }
        for (const [at, car] of inputs.vehicles.entries()) {
          const paid = sheet.ctpByVehicle?.[`c${at}`];
          for (const [kind, letter] of (['D', 'M', 'P'] as const).entries()) {
            expect(paid?.[letter]).toBeLessThanOrEqual(limitOf(car, kind));
            const items = sheet.items.filter(
              ({ code }) => code.startsWith('TR_CTP') && code.endsWith(`:c${at}:${letter}`),
            );
            expect(items.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(paid?.[letter]);
          }
          const commercial = sheet.items.filter(
            ({ code }) => code.startsWith('TR_COMM') && code.endsWith(`:c${at}`),
          );
          expect(commercial.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBeLessThanOrEqual(
            car.commercial_limit_fen,
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('use every limit up where the losses reach them together', () => {
    fc.assert(
      fc.property(accident, (inputs) => {
        const vehicles = inputs.vehicles.map((car) => ({
          ...car,
          occupants: [],
          art22: false,
          ctp: 'insured',
        }));
        const sheet = compute({ ...inputs, vehicles });
        for (const [kind, field] of KINDS.entries()) {
          const losses = inputs.victims.reduce((sum, who) => sum + who[field], 0);
          const limits = inputs.vehicles.reduce((sum, car) => sum + limitOf(car, kind), 0);
          const paid = inputs.vehicles.reduce(
            (sum, { id }) => sum + (sheet.ctpByVehicle?.[id]?.[(['D', 'M', 'P'] as const)[kind] ?? 'D'] ?? 0),
            0,
          );
          expect(paid).toBe(Math.min(losses, limits));
        }
      }),
    );
  });

  it('do not hang on the order of the victims, but for a fen', () => {
    fc.assert(
      fc.property(accident, (inputs) => {
        const [forth, back] = [
          compute(inputs),
          compute({ ...inputs, victims: [...inputs.victims].reverse() }),
        ];
        const codes = new Set([...forth.items, ...back.items].map(({ code }) => code));
        for (const code of codes)
          expect(Math.abs(amountOf(forth, code) - amountOf(back, code)), code).toBeLessThanOrEqual(
            2 * inputs.victims.length,
          );
      }),
    );
  });

  it('grow with the liability of the other side, and with the loss', () => {
    const borne = (sheet: Calculation): number =>
      sheet.items
        .filter(({ payer }) => payer !== 'VICTIM_SELF')
        .reduce((sum, { amountFen }) => sum + amountFen, 0);
    const one = fc.record({
      loss: fc.integer({ min: 1, max: 5_000 }),
      more: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(one, fc.integer({ min: 0, max: 9_999 }), ({ loss, more }, liability) => {
        const at = (fen: number, liability_bp: number) =>
          borne(
            compute({
              accident_date: '2026-03-01',
              victims: [{ id: 'A', death_injury_fen: fen }],
              vehicles: [{ id: 'V', liability_bp, commercial_limit_fen: 500 }],
            }),
          );
        expect(at(loss, liability + 1)).toBeGreaterThanOrEqual(at(loss, liability));
        expect(at(loss + more, liability)).toBeGreaterThanOrEqual(at(loss, liability));
        expect(at(loss, 10_000)).toBe(loss);
        expect(at(loss, 0)).toBe(Math.min(loss, 1_800));
      }),
    );
  });
});
