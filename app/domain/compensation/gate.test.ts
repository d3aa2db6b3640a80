import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const gate = (inputs: unknown) => calculate('wi.gate', inputs, table, { today: '2026-11-22' });

describe('whether it may be a work injury', () => {
  it.each([
    [{ cause: 'working' }, 'LIKELY', '第十四条第一项', ['GATE_WORKING']],
    [{ cause: 'before_after_work' }, 'LIKELY', '第十四条第二项', ['GATE_BEFORE_AFTER_WORK']],
    [{ cause: 'violence' }, 'LIKELY', '第十四条第三项', ['GATE_VIOLENCE']],
    [{ cause: 'occupational_disease' }, 'LIKELY', '第十四条第四项', ['GATE_OCCUPATIONAL_DISEASE']],
    [{ cause: 'business_trip' }, 'LIKELY', '第十四条第五项', ['GATE_BUSINESS_TRIP']],
    [{ cause: 'commute', traffic_liability: 'equal' }, 'LIKELY', '第十四条第六项', ['GATE_COMMUTE']],
    [{ cause: 'commute' }, 'LIKELY', '第十四条第六项', ['GATE_COMMUTE', 'GET_POLICE_REPORT']],
    [{ cause: 'commute', traffic_liability: 'main' }, 'NOT', '第十四条第六项', ['GATE_MAINLY_AT_FAULT']],
    [{ cause: 'commute', traffic_liability: 'full' }, 'NOT', '第十四条第六项', ['GATE_MAINLY_AT_FAULT']],
    [
      { cause: 'sudden_illness', died_within_48_hours: true },
      'DEEMED',
      '第十五条第一款第一项',
      ['GATE_SUDDEN_DEATH'],
    ],
    [
      { cause: 'sudden_illness', died_within_48_hours: null },
      'STAFF_CHECK',
      '第十五条第一款第一项',
      ['GATE_STAFF_CHECK'],
    ],
    [
      { cause: 'sudden_illness', died_within_48_hours: false },
      'NOT',
      '第十五条第一款第一项',
      ['GATE_ILLNESS_SURVIVED'],
    ],
    [{ cause: 'sudden_illness' }, 'NOT', '第十五条第一款第一项', ['GATE_ILLNESS_SURVIVED']],
    [{ cause: 'rescue' }, 'DEEMED', '第十五条第一款第二项', ['GATE_RESCUE']],
    [{ cause: 'veteran_relapse' }, 'DEEMED', '第十五条第一款第三项', ['GATE_VETERAN_RELAPSE']],
    [{ cause: 'other' }, 'STAFF_CHECK', '第十四条第七项', ['GATE_STAFF_CHECK']],
    [{ cause: 'working', excluded: 'crime' }, 'NOT', '第十六条第一项', ['GATE_EXCLUDED_CRIME']],
    [{ cause: 'working', excluded: 'drunk' }, 'NOT', '第十六条第二项', ['GATE_EXCLUDED_DRUNK_DRUGS']],
    [{ cause: 'working', excluded: 'drugs' }, 'NOT', '第十六条第二项', ['GATE_EXCLUDED_DRUNK_DRUGS']],
    [{ cause: 'rescue', excluded: 'self_harm' }, 'NOT', '第十六条第三项', ['GATE_EXCLUDED_SELF_HARM']],
    [{ cause: 'working', worker: 'civil_servant' }, 'REFERRAL', '第六十五条', ['GATE_CIVIL_SERVANT']],
    [{ cause: 'working', employer_licensed: false }, 'REFERRAL', '第六十六条', ['GATE_ILLEGAL_EMPLOYMENT']],
    [{ cause: 'working', aged_16: false }, 'REFERRAL', '第六十六条', ['GATE_ILLEGAL_EMPLOYMENT']],
    [
      { cause: 'working', worker: 'over_age' },
      'LIKELY',
      '第十四条第一项',
      ['GATE_WORKING', 'OVER_AGE_NEW_RULE'],
    ],
  ])('%j: %s', (inputs, result, article, flags) => {
    expect(gate(inputs)).toMatchObject({
      ok: true,
      value: { items: [], flags, info: { result, article: `工伤保险条例${article}` } },
    });
  });

  it.each([
    ['dispatch', 'UNIT_DISPATCHING'],
    ['several_employers', 'UNIT_WORKED_FOR'],
    ['assigned', 'UNIT_ASSIGNING'],
    ['seconded', 'UNIT_ORIGINAL'],
    ['subcontract', 'UNIT_CONTRACTOR'],
    ['affiliated', 'UNIT_AFFILIATED'],
  ])('says which unit answers: %s', (arrangement, flag) => {
    expect(gate({ cause: 'working', arrangement })).toMatchObject({
      value: { flags: ['GATE_WORKING', flag] },
    });
  });

  it.each([
    [{}, 'required', 'cause'],
    [{ cause: 'working', died_within_48_hours: true }, 'contradiction', 'died_within_48_hours'],
    [{ cause: 'working', traffic_liability: 'none' }, 'contradiction', 'traffic_liability'],
    [{ cause: 'fate' }, 'not_an_option', 'cause'],
  ])('refuses %j', (inputs, code, field) => {
    expect(gate(inputs)).toMatchObject({ ok: false, failure: { code, field } });
  });
});
