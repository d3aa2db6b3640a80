import { compare, divide, multiply, roundHalfUp, whole } from '../../money/index.ts';
import { failure, success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, FormulaPart } from '../calculation.ts';
import { fenOf, count, evaluate, formula, money, percent, unknownMoney } from '../formula.ts';
import {
  contradiction,
  flag,
  integer,
  oneOf,
  optional,
  orUnknown,
  readInputs,
  required,
  withDefault,
} from '../inputs.ts';
import { rulesOn } from '../rules.ts';
import { given, Sheet, type Needed, type Surroundings } from '../sheet.ts';
import { COURT_FEE_TYPES, type FeeSchedule } from './rules.ts';

const MAX_FEN = 10_000_000_000_000;

const SHAPE = {
  type: oneOf(...COURT_FEE_TYPES),
  amount_fen: optional(integer(0, MAX_FEN)),
  base_fen: optional(orUnknown(integer(1, 100_000))),
  halved: withDefault(flag, false),
  won_fen: optional(integer(0, MAX_FEN)),
};

type FeeInputs = Extract<ReturnType<typeof readInputs<typeof SHAPE>>, { ok: true }>['value'];

/** A divorce without property, a name without damages, a preservation that is not about money. */
const AMOUNT_MAY_BE_ABSENT: readonly FeeInputs['type'][] = ['divorce', 'personality', 'preservation'];

const fen = (yuan: number): number => yuan * 100;

function check(
  { type, amount_fen: amount, base_fen: given, won_fen: won }: FeeInputs,
  schedule: FeeSchedule,
  typed: number | null,
): Result<null, CalculationError> {
  const base = given ?? typed;
  const needed = schedule.tiers.length > 0 && !AMOUNT_MAY_BE_ABSENT.includes(type);
  if (amount === undefined && (needed || won !== undefined)) return required('amount_fen');
  if (won !== undefined && won > (amount ?? 0))
    return contradiction('won_fen', 'won_fen is more than was claimed');
  if (base !== null && base < fen(schedule.base_from_yuan))
    return failure({
      code: 'too_small',
      field: 'base_fen',
      message: 'base_fen lies below the range of the law',
    });
  if (base !== null && base > fen(schedule.base_to_yuan))
    return failure({
      code: 'too_large',
      field: 'base_fen',
      message: 'base_fen lies above the range of the law',
    });
  return success(null);
}

/** The fixed part: the law's own, or within its range the province's, which may not be known. */
function baseFee(
  sheet: Sheet,
  { type, base_fen: base }: FeeInputs,
  schedule: FeeSchedule,
  date: string,
): Needed {
  if (base != null) return given(base);
  return schedule.base_from_yuan === schedule.base_to_yuan
    ? given(fen(schedule.base_from_yuan))
    : sheet.onDay('court_base_fen', `${type}.base_fee`, date);
}

/** The amount cut at each line, every part with its rate; a fraction of the fee divides every part. */
function feeParts(
  base: ReturnType<typeof money>,
  amount: number,
  schedule: FeeSchedule,
  divisor: number,
): readonly FormulaPart[] {
  const share = divisor === 1 ? [] : [['÷', count(divisor)] as const];
  const tiers = schedule.tiers.flatMap(({ above_yuan: above, rate_bp: rate }, index) => {
    const end = schedule.tiers[index + 1]?.above_yuan;
    const part = Math.min(amount, end === undefined ? amount : fen(end)) - fen(above);
    return part > 0
      ? [['+', money('part_of_amount', part)] as const, ['×', percent(rate)] as const, ...share]
      : [];
  });
  return formula(base, ...share, ...tiers);
}

const REMARKS: Partial<Record<FeeInputs['type'], readonly string[]>> = {
  labor: ['PAY_CLAIM_NO_ADVANCE'],
  enforcement: ['ENFORCEMENT_PAID_AFTERWARDS'],
  preservation: ['FEE_RELIEF'],
};

/** 第二十九条: who loses pays; who wins in part pays the part that was lost. */
function split(fee: number, { amount_fen: amount = 0, won_fen: won }: FeeInputs): Record<string, number> {
  if (won === undefined || amount === 0) return {};
  const loser = roundHalfUp(divide(multiply(whole(fee), whole(won)), whole(amount)));
  return { loser_part_fen: loser, claimant_part_fen: fee - loser };
}

function fee(
  sheet: Sheet,
  inputs: FeeInputs,
  schedule: FeeSchedule,
  law: string,
  date: string,
): Record<string, number> {
  const code = 'CF_FEE';
  const divisor = (schedule.divisor ?? 1) * (inputs.halved ? 2 : 1);
  const amount = inputs.amount_fen ?? 0;
  const base = baseFee(sheet, inputs, schedule, date);
  if (base.kind === 'lacking') {
    const at = (yuan: number) => fenOf(feeParts(money('base_fee', fen(yuan)), amount, schedule, divisor));
    sheet.withhold(code, base, feeParts(unknownMoney('base_fee'), amount, schedule, divisor));
    return { fee_low_fen: at(schedule.base_from_yuan), fee_high_fen: at(schedule.base_to_yuan) };
  }
  const parts = feeParts(money('base_fee', base.value), amount, schedule, divisor);
  const most = schedule.most_yuan === undefined ? null : fen(schedule.most_yuan);
  const capped = most !== null && compare(multiply(evaluate(parts), whole(100)), whole(most)) > 0;
  if (capped) sheet.flag('PRESERVATION_CAP_5000');
  const charged = sheet.add({
    code,
    formula: capped ? formula(money('highest_fee', most)) : parts,
    payer: 'LITIGANT',
    basis: [
      { law, article: schedule.article },
      ...(inputs.halved
        ? [
            { law, article: '第十五条' },
            { law, article: '第十六条' },
          ]
        : []),
    ],
    from: [base],
    notes: [
      ...(capped ? ['PRESERVATION_CAP_5000'] : []),
      ...(inputs.halved ? ['FEE_HALVED_ONCE'] : []),
      ...(REMARKS[inputs.type] ?? ['LOSER_PAYS', 'FEE_RELIEF']),
    ],
  });
  return split(charged, inputs);
}

/**
 * What a court charges (compensation.md 1.10; 诉讼费用交纳办法第十三、十四条). Amounts in fen; for an appeal or a retrial the part
 * still disputed. With `won_fen` the fee is split between the parties in `info`.
 */
export function courtFee(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(SHAPE, raw);
  if (!read.ok) return read;
  const { halved: asked, ...said } = read.value;
  const sheet = new Sheet(surroundings);
  const rules = rulesOn(surroundings.table.court_fee_rules, surroundings.today);
  if (rules === null) {
    sheet.withhold('CF_FEE', { reason: 'figure_missing', key: 'court_fee_rules' });
    return success(sheet.finish('court.fee'));
  }
  const schedule = rules.schedules[said.type];
  // Only the fee for hearing a case is halved (第十五、十六条).
  const inputs = { ...said, halved: asked && schedule.halves };
  const checked = check(inputs, schedule, surroundings.typed?.court_base_fen ?? null);
  if (!checked.ok) return checked;
  return success(sheet.finish('court.fee', fee(sheet, inputs, schedule, rules.law, surroundings.today)));
}
