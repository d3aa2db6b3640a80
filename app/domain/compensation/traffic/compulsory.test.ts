import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate } from '../index.ts';
import { shareLimits, shareOut } from './compulsory.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

/** Amounts of an accident of 2026, by item; the limits are 180,000, 18,000 and 2,000 yuan, without fault 18,000, 1,800 and 100. */
function amounts(victims: readonly object[], vehicles: readonly object[]): Record<string, number> {
  const result = calculate('traffic.allocate', { accident_date: '2026-03-01', victims, vehicles }, table, {
    today: '2026-11-22',
  });
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return Object.fromEntries(result.value.items.map(({ code, amountFen }) => [code, amountFen]));
}

describe('limits shared where not every vehicle covers everybody', () => {
  it('pay a loss to the last fen, the last vehicle the fen that is left', () => {
    const vehicles = ['U', 'V', 'W', 'X'].map((id) => ({ id, liability_bp: 0 }));
    const [first, ...others] = vehicles;
    expect(amounts([{ id: 'A', medical_fen: 100 }], [{ ...first, occupants: ['A'] }, ...others])).toEqual({
      'TR_CTP:A:V:M': 33,
      'TR_CTP:A:W:M': 33,
      'TR_CTP:A:X:M': 34,
    });
  });

  it('are used up to the last fen, the last victim has the fen that are left', () => {
    const seven = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((id) => ({ id, property_fen: 100_000 }));
    const paid = amounts(seven, [
      { id: 'V', liability_bp: 0 },
      { id: 'trailer', liability_bp: 0, ctp: 'trailer' },
    ]);
    expect(Object.entries(paid).filter(([code]) => code.startsWith('TR_CTP'))).toEqual([
      ...['A', 'B', 'C', 'D', 'E', 'F'].map((id) => [`TR_CTP:${id}:V:P`, 28_571]),
      ['TR_CTP:G:V:P', 28_574],
    ]);
  });

  it('are asked again by whoever is not yet paid, on top of what was paid before (第十八条、第十九条)', () => {
    // W, without fault, is asked for 27,532 and has 18,000; V and X, alike, have room for what it leaves open.
    const paid = amounts(
      [
        { id: 'walker', death_injury_fen: 12_000_000 },
        { id: 'inV', death_injury_fen: 12_000_000 },
        { id: 'inX', death_injury_fen: 12_000_000 },
      ],
      [
        { id: 'V', liability_bp: 0, occupants: ['inV'] },
        { id: 'W', liability_bp: 0, at_fault: false },
        { id: 'X', liability_bp: 0, occupants: ['inX'] },
      ],
    );
    expect(paid).toEqual({
      'TR_CTP:walker:V:D': 5_813_208,
      'TR_CTP:walker:W:D': 373_585,
      'TR_CTP:walker:X:D': 5_813_207,
      'TR_CTP:inV:W:D': 713_208,
      'TR_CTP:inV:X:D': 11_286_792,
      'TR_CTP:inX:V:D': 11_286_793,
      'TR_CTP:inX:W:D': 713_207,
    });
  });

  it('pay nothing that nobody covers, and nothing where nothing was lost', () => {
    expect(shareLimits([100, 200], [50, 50], () => false)).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(shareLimits([0, 0], [0], () => true)).toEqual([[0], [0]]);
    expect(shareLimits([0, 7], [0, 5], (victim, vehicle) => victim === vehicle)).toEqual([
      [0, 0],
      [0, 5],
    ]);
  });
});

describe('whole fen split by weights', () => {
  it('leave no fen with somebody who bears nothing', () => {
    const trailers = ['U', 'V', 'W'].map((id, index) => ({
      id,
      ctp: 'trailer',
      liability_bp: index === 2 ? 3_334 : 3_333,
    }));
    expect(amounts([{ id: 'A', property_fen: 100 }], trailers)).toEqual({
      'TR_TORT:A:U': 33,
      'TR_TORT:A:V': 33,
      'TR_TORT:A:W': 34,
    });
  });

  it('are never more than there are', () => {
    expect(shareOut(1, [1, 1, 1])).toEqual([0, 0, 1]);
    expect(shareOut(2, [1, 1, 1, 1, 0])).toEqual([1, 1, 0, 0, 0]);
    expect(shareOut(100, [0, 3, 0, 1, 0])).toEqual([0, 75, 0, 25, 0]);
    expect(shareOut(100, [0, 0])).toEqual([0, 0]);
    expect(shareOut(100, [])).toEqual([]);
  });
});
