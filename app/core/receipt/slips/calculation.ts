import {
  formatInfo,
  formatItem,
  formatWithheld,
  itemKey,
  type Calculation,
  type UsedFigure,
} from '../../../domain/compensation/index.ts';
import { yuanFromFen } from '../../../domain/money/index.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../../domain/receipt/document.ts';
import type { Words } from '../words.ts';
import { givenLines } from './given.ts';
import { section, text } from './ending.ts';

interface CalculationSlip {
  calculation: Calculation;
  inputs: Readonly<Record<string, unknown>>;
  /** Until when something must be applied for (`info` key and ISO day); empty when nothing follows from the inputs. */
  deadlines: readonly { key: string; date: string }[];
  today: string;
  /** The pack's figures are older than the law of change allows for. */
  packIsOld: boolean;
}

/** The sheet of compensation.md 4.13: what was said, result, working, figures, deadlines, next steps, disclaimer. */
export function calculationSlip(
  slip: CalculationSlip,
  words: Words,
  end: readonly ReceiptBlock[],
): ReceiptDocument {
  const { calculation, inputs } = slip;
  const title = words.receipt('title.calculation');
  return {
    title,
    blocks: [
      { kind: 'title', text: title },
      ...staleBanners(slip, words),
      ...section(words.receipt('section.answers'), givenLines(inputs, words)),
      ...section(words.receipt('section.result'), resultLines(calculation, words)),
      ...section(
        words.receipt('section.working'),
        calculation.items.flatMap((item) => [
          text(formatItem(item, words.calculator)),
          ...item.notes.map(
            (code) => ({ kind: 'text', text: words.calculator(`note.${code}`), emphasis: 'small' }) as const,
          ),
        ]),
      ),
      ...section(
        words.receipt('section.withheld'),
        calculation.withheld.map((item) => text(formatWithheld(item, words.calculator))),
      ),
      ...section(
        words.receipt('section.figures'),
        calculation.figures.flatMap((figure) => figureLines(figure, words)),
      ),
      ...section(words.receipt('section.deadlines'), deadlineLines(slip, words)),
      ...section(words.receipt('section.next'), [
        {
          kind: 'steps',
          items: ['papers', 'office', 'aid'].map((step) => words.receipt(`nextCalculation.${step}`)),
        },
      ]),
      ...section(words.receipt('section.disclaimer'), [text(words.calculator('disclaimer'))]),
      {
        kind: 'text',
        text: words.receipt('engine', {
          calculator: calculation.calculator,
          version: calculation.engineVersion,
        }),
        emphasis: 'small',
      },
      ...end,
    ],
  };
}

function resultLines({ items, totals, flags, info }: Calculation, words: Words): ReceiptBlock[] {
  const amount = (fen: number, freq: 'once' | 'monthly') =>
    words.calculator(freq === 'monthly' ? 'unit.yuan_monthly' : 'unit.yuan', { value: yuanFromFen(fen) });
  const name = (code: string) => {
    const { key, position } = itemKey(code);
    return words.calculator(key, position === null ? {} : { position });
  };
  const total = (key: string, fen: number): ReceiptBlock[] =>
    fen === 0
      ? []
      : [
          {
            kind: 'text',
            text: words.calculator(`total.${key}`, { amount: yuanFromFen(fen) }),
            emphasis: 'strong',
          },
        ];
  return [
    ...items.map((item): ReceiptBlock => ({
      kind: 'pair',
      label: name(item.code),
      value: amount(item.amountFen, item.freq),
    })),
    ...total('once', totals.onceFen),
    ...total('monthly', totals.monthlyFen),
    ...Object.entries(info).map(([key, value]) => text(formatInfo(key, value, words.calculator))),
    ...flags.map((code) => text(words.calculator(`flag.${code}`))),
  ];
}

function figureLines(figure: UsedFigure, words: Words): ReceiptBlock[] {
  const { key, statYear, value, unit, source, grade } = figure;
  const values = {
    name: words.calculator(`figure.${key}`),
    value,
    unit: words.calculator(`figure_unit.${unit}`),
    source,
  };
  const line =
    statYear === null
      ? words.calculator('standard', values)
      : words.calculator('standard_year', { ...values, year: statYear });
  return [text(line), ...(grade === 'C' ? [text(words.calculator('grade_c'))] : [])];
}

function staleBanners({ calculation, packIsOld }: CalculationSlip, words: Words): ReceiptBlock[] {
  const stale = calculation.figures.filter((figure) => figure.stale);
  const years = [...new Set(stale.flatMap(({ statYear }) => (statYear === null ? [] : [statYear])))];
  const lines = [
    ...years.map((year) => words.calculator('stale', { year })),
    ...(stale.some(({ statYear }) => statYear === null) ? [words.calculator('stale_in_force')] : []),
    ...(packIsOld ? [words.calculator('stale_pack')] : []),
  ];
  return lines.map((line) => ({ kind: 'text', text: line, emphasis: 'strong' }));
}

function deadlineLines({ deadlines, today }: CalculationSlip, words: Words): ReceiptBlock[] {
  return deadlines.flatMap(({ key, date }) => [
    text(formatInfo(key, date, words.calculator)),
    text(words.calculator(date < today ? 'deadline.passed' : 'deadline.keep')),
  ]);
}
