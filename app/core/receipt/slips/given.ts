import { yuanFromFen } from '../../../domain/money/index.ts';
import type { ReceiptBlock } from '../../../domain/receipt/document.ts';
import type { Words } from '../words.ts';

const QUANTITIES: Readonly<Record<string, string>> = { hospital_days: 'days', sl_months: 'months' };

/** What the citizen said, one line a field; a "no" says little and is left out. */
export function givenLines(inputs: Readonly<Record<string, unknown>>, words: Words): ReceiptBlock[] {
  return Object.entries(inputs)
    .filter(([field, value]) => words.has(`receipt:input.${field}`) && !saysNothing(field, value))
    .map(([field, value]) => ({
      kind: 'pair',
      label: words.receipt(`input.${field}`),
      value: said(field, value, words),
    }));
}

/** Whether there is insurance matters either way; any other "no" is the ordinary case. */
function saysNothing(field: string, value: unknown): boolean {
  return (
    field !== 'insured' &&
    (value === false || value === 'none' || (field !== 'grade' && value === 0) || value === '0')
  );
}

function said(field: string, value: unknown, words: Words): string {
  if (value === null) return words.receipt('unknown');
  if (typeof value === 'boolean') return words.receipt(value ? 'yes' : 'no');
  if (Array.isArray(value)) return words.receipt('quantity.persons', { count: value.length });
  if (typeof value === 'number' && field.endsWith('_fen'))
    return words.receipt('amount', { amount: yuanFromFen(value) });
  if (field === 'grade')
    return value === 0
      ? words.receipt('quantity.noGrade')
      : words.receipt('quantity.grade', { count: Number(value) });
  const quantity = QUANTITIES[field];
  if (quantity !== undefined) return words.receipt(`quantity.${quantity}`, { count: String(value) });
  const option = `option.${field}.${String(value)}`;
  return words.has(`receipt:${option}`) ? words.receipt(option) : String(value);
}
