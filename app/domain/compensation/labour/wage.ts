import { figureInForce } from '../parameters.ts';
import type { Needed, Sheet } from '../sheet.ts';

/** Paid days of a month (21.75), by which a monthly wage becomes a daily one. Never rounded before it is multiplied. */
export const payDays = (sheet: Sheet, date: string): Needed<string> =>
  sheet.plainFigure('paydays.month', (table) => figureInForce(table, 'paydays.month', 'CN', date));
