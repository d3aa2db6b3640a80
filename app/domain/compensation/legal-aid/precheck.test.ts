import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate } from '../index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

const outcome = (inputs: Readonly<Record<string, unknown>>): unknown => {
  const result = calculate('legalaid.precheck', { domain: 'civil', ...inputs }, table, {
    today: '2026-11-22',
  });
  return result.ok ? result.value.info['result'] : result.failure.code;
};

const LISTED = [
  ...['state_compensation', 'social_insurance_or_assistance', 'pension', 'support_or_alimony'],
  ...['labor_relation_or_pay', 'capacity', 'work_injury', 'traffic_injury', 'food_drug_injury'],
  ...['medical_injury', 'environment'],
];
const SPARED = [
  ...['no_income_minor', 'no_income_elderly', 'no_income_disabled', 'welfare_recipient'],
  ...['judicial_aid_recipient', 'preferential_recipient'],
];

describe('legal aid', () => {
  it.each(LISTED)('is open to whoever declares hardship in a matter of 第三十一条: %s', (matter) => {
    expect(outcome({ matter })).toBe('MEANS_DECLARATION_ART41');
    expect(outcome({ matter, domain: 'administrative' })).toBe('MEANS_DECLARATION_ART41');
  });

  it.each(['private_loan', 'other', undefined])('is not open to %s, whatever the circumstances', (matter) => {
    expect(outcome(matter === undefined ? {} : { matter })).toBe('NOT_LISTED_CONSULT_ONLY');
    for (const status of SPARED)
      expect(outcome({ ...(matter === undefined ? {} : { matter }), status })).toBe(
        'NOT_LISTED_CONSULT_ONLY',
      );
  });

  it('depends on the matter where that is not known', () => {
    expect(outcome({ matter: 'unknown', status: 'welfare_recipient' })).toBe('DEPENDS_ON_MATTER');
    expect(outcome({ matter: 'unknown', domain: 'state_compensation' })).toBe('MEANS_DECLARATION_ART41');
  });

  it.each(SPARED)('spares %s the check in any listed matter (第四十二条)', (status) => {
    for (const matter of LISTED) expect(outcome({ matter, status })).toBe('MEANS_CHECK_WAIVED_ART42');
  });

  it('spares migrant workers the check for pay and work injury only', () => {
    const status = 'migrant_worker_pay_or_work_injury';
    for (const matter of LISTED)
      expect(outcome({ matter, status })).toBe(
        matter === 'work_injury' || matter === 'labor_relation_or_pay'
          ? 'MEANS_CHECK_WAIVED_ART42'
          : 'MEANS_DECLARATION_ART41',
      );
  });

  it.each(['hero_kin', 'good_samaritan', 'retrial_acquittal', 'abuse_victim', 'abandonment_victim'])(
    'asks %s for no means in any matter (第三十二条)',
    (exempt) => {
      expect(outcome({ exempt })).toBe('NO_MEANS_TEST_ART32');
      expect(outcome({ exempt, matter: 'private_loan' })).toBe('NO_MEANS_TEST_ART32');
    },
  );

  it('is given to some accused without asking, applied for by others, and open to victims', () => {
    expect(outcome({ domain: 'criminal_defendant', art25: true })).toBe('NOTIFIED_DEFENCE_ART25');
    expect(outcome({ domain: 'criminal_defendant' })).toBe('CRIMINAL_APPLY_ART24');
    expect(outcome({ domain: 'criminal_victim', exempt: 'hero_kin' })).toBe('CRIMINAL_VICTIM_ART29');
  });

  it('treats a claim for state compensation as listed', () => {
    expect(outcome({ domain: 'state_compensation' })).toBe('MEANS_DECLARATION_ART41');
  });
});
