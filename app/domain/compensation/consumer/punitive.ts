import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, LegalBasis } from '../calculation.ts';
import { fenOf, formula, money, times } from '../formula.ts';
import { integer, oneOf, readInputs, withDefault } from '../inputs.ts';
import { Sheet, type Surroundings } from '../sheet.ts';

const MAX_FEN = 10_000_000_000;

/** 消费者权益保护法第五十五条 (from 2014-03-15) and 食品安全法第一百四十八条第二款 (from 2015-10-01). */
const FRAUD = { times: 3, leastFen: 50_000 } as const;
const FOOD = { priceTimes: 10, lossTimes: 3, leastFen: 100_000 } as const;
const CONSUMER_LAW: LegalBasis = { law: '消费者权益保护法', article: '第五十五条' };
const FOOD_LAW: LegalBasis = { law: '食品安全法', article: '第一百四十八条' };

const SHAPE = {
  type: oneOf('fraud', 'food'),
  price_fen: integer(0, MAX_FEN),
  loss_fen: withDefault(integer(0, MAX_FEN), 0),
};

/**
 * What a consumer may claim beyond the price (compensation.md 1.13): three times the price for fraud, ten times the price or
 * three times the loss for unsafe food, whichever is more, each with its least amount. Information only; it needs evidence.
 */
export function punitive(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(SHAPE, raw);
  if (!read.ok) return read;
  const { type, price_fen: price, loss_fen: loss } = read.value;
  const sheet = new Sheet(surroundings);
  const food = type === 'food';
  const byPrice = formula(money('price', price), ['×', times(food ? FOOD.priceTimes : FRAUD.times)]);
  const byLoss = formula(money('loss', loss), ['×', times(FOOD.lossTimes)]);
  const chosen = food && fenOf(byLoss) > fenOf(byPrice) ? byLoss : byPrice;
  const least = food ? FOOD.leastFen : FRAUD.leastFen;
  const raised = fenOf(chosen) < least;
  const floor = food ? 'FLOOR_1000' : 'FLOOR_500';
  if (raised) sheet.flag(floor);
  sheet.add({
    code: 'CP_PUNITIVE',
    formula: raised ? formula(money('least_amount', least)) : chosen,
    payer: 'SELLER',
    basis: [food ? FOOD_LAW : CONSUMER_LAW],
    notes: [...(raised ? [floor] : []), food ? 'FOOD_NEEDS_EVIDENCE' : 'FRAUD_NEEDS_EVIDENCE'],
  });
  return success(sheet.finish('consumer.punitive'));
}
