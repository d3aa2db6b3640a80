import {
  claimOf,
  formatInfo,
  formatItem,
  formatStep,
  formatWithheld,
  isDeadline,
  itemName,
  type Calculation,
  type Handwriting,
  type UsedFigure,
} from '../../../domain/compensation/index.ts';
import {
  summaryOf,
  type AnswerMap,
  type Interview,
  type SummaryLine,
} from '../../../domain/interview/index.ts';
import { yuanFromFen } from '../../../domain/money/index.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../../domain/receipt/document.ts';
import { fitsCode } from '../../../domain/receipt/layout.ts';
import type { Words } from '../words.ts';
import { section, text } from './ending.ts';

/** One run of the plan: `label` tells alternatives apart, of which one will be right. */
export interface CalculatedSheet {
  label: string | null;
  calculation: Calculation;
  /** The sheet as a text from which anybody can compute it again; null where there is none. */
  proof: string | null;
}

interface CalculationSlip {
  interview: Interview;
  answers: AnswerMap;
  /** A mediator filled in for both sides. */
  bothSides: boolean;
  sheets: readonly CalculatedSheet[];
  /** Keys of calculator.json: what was not known, and what is to be said beside the amounts. */
  missing: readonly string[];
  remarks: readonly string[];
  /** How long offices may take, and until when to act where no date can be reckoned. */
  times: readonly string[];
  today: string;
  /** The pack's figures are older than the law of change allows for. */
  packIsOld: boolean;
}

/** The sheet of compensation.md 4.13: what was said, result, working, figures, what is lacking, deadlines, next steps. */
export function calculationSlip(
  slip: CalculationSlip,
  words: Words,
  end: readonly ReceiptBlock[],
): ReceiptDocument {
  const writing = handwritingOn(words);
  const { sheets, interview } = slip;
  const amounts = sheets.filter(({ calculation }) => calculation.calculator !== 'wi.deadlines');
  const calculations = amounts.map(({ calculation }) => calculation);
  const heading = (key: string): string => words.receipt(`section.${key}`);
  return {
    title: words.receipt('title.calculation'),
    blocks: [
      { kind: 'title', text: words.receipt(`sheet.${interview.id}`) },
      { kind: 'text', text: words.receipt('madeOn', { date: writing.day(slip.today) }), align: 'center' },
      ...staleBanners(slip, words),
      ...section(heading('answers'), givenBlocks(slip, words, writing)),
      ...section(heading('result'), [
        ...amounts.flatMap((sheet) => resultBlocks(sheet, words, writing)),
        ...slip.remarks.map((remark) => text(words.calculator(`remark.${remark}`))),
      ]),
      ...section(
        heading('working'),
        amounts.flatMap((sheet) => workingBlocks(sheet, words)),
      ),
      ...section(
        heading('figures'),
        figuresOf(calculations).flatMap((figure) => figureLines(figure, words)),
      ),
      ...section(heading('withheld'), withheldBlocks(calculations, words)),
      ...section(heading('missing'), [
        ...(slip.missing.length === 0
          ? []
          : [{ kind: 'checklist', items: slip.missing.map((key) => words.calculator(key)) } as const]),
      ]),
      ...section(heading('deadlines'), deadlineLines(slip, words, writing)),
      ...section(heading('next'), [{ kind: 'steps', items: nextSteps(interview.id, words) }]),
      ...section(heading('disclaimer'), [text(words.calculator('disclaimer'))]),
      ...engines(sheets, words),
      ...amounts.flatMap((sheet) => proofBlocks(sheet, words)),
      ...end,
    ],
  };
}

/** On paper: yuan without thousands, as whoever checks the sum would type it. */
const handwritingOn = (words: Words): Handwriting => ({
  say: words.calculator,
  money: yuanFromFen,
  day: (iso) => {
    const [year = '', month, day] = iso.split('-');
    return words.receipt('day', { iso, year, month: Number(month), day: Number(day) });
  },
});

function givenBlocks(
  { interview, answers, bothSides }: CalculationSlip,
  words: Words,
  writing: Handwriting,
): ReceiptBlock[] {
  const sides = bothSides ? [text(words.receipt(`sides.${interview.id}`))] : [];
  return [...sides, ...summaryOf(interview, answers, writing).flatMap(givenBlock)];
}

const givenBlock = (line: SummaryLine): ReceiptBlock[] =>
  line.kind === 'answer'
    ? [{ kind: 'pair', label: line.title, value: line.said }]
    : [
        { kind: 'text', text: line.title, emphasis: 'strong' },
        ...line.lines.map(({ title, said }): ReceiptBlock => ({ kind: 'pair', label: title, value: said })),
      ];

/** Names which possibility a part of the sheet is about, where there are several. */
const labelled = (
  { label }: CalculatedSheet,
  words: Words,
  blocks: readonly ReceiptBlock[],
): ReceiptBlock[] =>
  label === null || blocks.length === 0
    ? [...blocks]
    : [{ kind: 'text', text: words.calculator(`variant.${label}`), emphasis: 'strong' }, ...blocks];

function resultBlocks(sheet: CalculatedSheet, words: Words, writing: Handwriting): ReceiptBlock[] {
  const { items, totals, flags, info } = sheet.calculation;
  const { onceFen, monthlyFen, ownFen } = claimOf(sheet.calculation);
  // What one bears oneself is nobody's debt: it stands as an item, and in no sum.
  const itemsFen = totals.onceFen - ownFen;
  const amount = (fen: number, freq: 'once' | 'monthly') =>
    words.calculator(freq === 'monthly' ? 'unit.yuan_monthly' : 'unit.yuan', { value: writing.money(fen) });
  const total = (key: string, fen: number): ReceiptBlock[] =>
    fen === 0
      ? []
      : [
          {
            kind: 'text',
            text: words.calculator(`total.${key}`, { amount: writing.money(fen) }),
            emphasis: 'strong',
          },
        ];
  return labelled(sheet, words, [
    ...items.map((item): ReceiptBlock => ({
      kind: 'pair',
      label: itemName(item.code, words.calculator),
      value: amount(item.amountFen, item.freq),
    })),
    ...(itemsFen === onceFen
      ? []
      : [text(words.calculator('total.items', { amount: writing.money(itemsFen) }))]),
    ...total('once', onceFen),
    ...total('monthly', monthlyFen),
    ...Object.entries(info)
      .filter(([key]) => !isDeadline(key))
      .map(([key, value]) => text(formatInfo(key, value, writing))),
    ...flags.map((code) => text(words.calculator(`flag.${code}`))),
  ]);
}

/** Every item with its formula, its parts, and what was chosen or capped in it. */
function workingBlocks(sheet: CalculatedSheet, words: Words): ReceiptBlock[] {
  const small = (line: string): ReceiptBlock => ({ kind: 'text', text: line, emphasis: 'small' });
  const blocks = sheet.calculation.items.flatMap((item) => [
    text(formatItem(item, words.calculator)),
    ...(item.steps ?? []).map((step) => small(formatStep(step, words.calculator))),
    ...item.notes.map((code) => small(words.calculator(`note.${code}`))),
  ]);
  return labelled(sheet, words, blocks);
}

/** The figures of all sheets, each once. */
const figuresOf = (calculations: readonly Calculation[]): readonly UsedFigure[] => [
  ...new Map(
    calculations
      .flatMap(({ figures }) => figures)
      .map((figure) => [`${figure.key} ${figure.region} ${String(figure.statYear)}`, figure]),
  ).values(),
];

function figureLines(figure: UsedFigure, words: Words): ReceiptBlock[] {
  const { key, statYear, value, unit, source, grade } = figure;
  const values = {
    name: words.calculator(`figure.${key}`),
    value,
    unit: words.calculator(`figure_unit.${unit}`),
    source,
  };
  if (grade === 'T') return [text(words.calculator('standard_typed', values))];
  const line =
    statYear === null
      ? words.calculator('standard', values)
      : words.calculator('standard_year', { ...values, year: statYear });
  return [text(line), ...(grade === 'C' ? [text(words.calculator('grade_c'))] : [])];
}

const withheldBlocks = (calculations: readonly Calculation[], words: Words): ReceiptBlock[] =>
  [
    ...new Set(
      calculations.flatMap(({ withheld }) => withheld.map((item) => formatWithheld(item, words.calculator))),
    ),
  ].map(text);

function staleBanners({ sheets, packIsOld }: CalculationSlip, words: Words): ReceiptBlock[] {
  const figures = figuresOf(sheets.map(({ calculation }) => calculation));
  const years = new Set(figures.filter(({ stale }) => stale).map(({ statYear }) => statYear));
  const lines = [
    ...[...years].map((year) =>
      year === null ? words.calculator('stale_in_force') : words.calculator('stale', { year }),
    ),
    ...(packIsOld ? [words.calculator('stale_pack')] : []),
  ];
  return lines.map((line) => ({ kind: 'text', text: line, emphasis: 'strong' }));
}

/** Every last day once, however many possibilities lead to it, then the times that no date can be reckoned for. */
function deadlineLines(
  { sheets, times, today }: CalculationSlip,
  words: Words,
  writing: Handwriting,
): ReceiptBlock[] {
  const days = new Map(
    sheets
      .flatMap(({ calculation }) => Object.entries(calculation.info))
      .filter(([key]) => isDeadline(key))
      .map(([key, date]) => [`${key} ${date}`, [key, date] as const]),
  );
  return [
    ...[...days.values()].flatMap(([key, date]) => [
      text(formatInfo(key, date, writing)),
      text(words.calculator(String(date) < today ? 'deadline.passed' : 'deadline.keep')),
    ]),
    ...times.map((time) => text(words.calculator(`time.${time}`))),
  ];
}

/** Where a sum leads next: by what it is about. */
const PATHS: Readonly<Record<Interview['id'], string>> = {
  'work-injury': 'work_injury',
  'injury-damages': 'damages',
  traffic: 'damages',
  severance: 'labour',
  'double-wage': 'labour',
  overtime: 'labour',
  'annual-leave': 'labour',
  'court-fee': 'court',
  'legal-aid': 'aid',
  'loan-interest': 'debt',
  'loan-delay': 'debt',
  consumer: 'consumer',
};

const nextSteps = (interview: Interview['id'], words: Words): string[] =>
  ['papers', 'office', 'aid'].map((step) => words.receipt(`nextCalculation.${PATHS[interview]}.${step}`));

/** The code to check the sheet with; more than a code can hold is left out. */
const proofBlocks = (sheet: CalculatedSheet, words: Words): ReceiptBlock[] =>
  sheet.proof === null || !fitsCode(sheet.proof)
    ? []
    : labelled(sheet, words, [{ kind: 'qr', data: sheet.proof, caption: words.receipt('proof') }]);

function engines(sheets: readonly CalculatedSheet[], words: Words): ReceiptBlock[] {
  const lines = sheets.map(({ calculation: { calculator, engineVersion } }) =>
    words.receipt('engine', { calculator, version: engineVersion }),
  );
  return [...new Set(lines)].map((line) => ({ kind: 'text', text: line, emphasis: 'small' }));
}
