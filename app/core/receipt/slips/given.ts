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
  if (typeof value === 'number') return saidNumber(field, value, words);
  return typeof value === 'string' ? saidText(field, value, words) : '';
}

function saidNumber(field: string, value: number, words: Words): string {
  if (field.endsWith('_fen')) return words.receipt('amount', { amount: yuanFromFen(value) });
  if (field === 'grade' && value === 0) return words.receipt('quantity.noGrade');
  return quantity(field === 'grade' ? 'grade' : QUANTITIES[field], String(value), words);
}

function saidText(field: string, value: string, words: Words): string {
  const option = `option.${field}.${value}`;
  return words.has(`receipt:${option}`) ? words.receipt(option) : quantity(QUANTITIES[field], value, words);
}

const quantity = (unit: string | undefined, count: string, words: Words): string =>
  unit === undefined ? count : words.receipt(`quantity.${unit}`, { count });
