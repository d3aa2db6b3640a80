import {
  claimOf,
  formatInfo,
  formatItem,
  formatStep,
  formatWithheld,
  type Calculation,
  type Translate,
  type UsedFigure,
} from '../../app/domain/compensation/index.ts';
import type { Verdict } from '../../app/domain/compensation/proof/index.ts';
import { yuanGrouped } from '../../app/domain/money/index.ts';

function figureLine(figure: UsedFigure, translate: Translate): string {
  const { key, statYear, value, unit, source, grade } = figure;
  const name = translate(`figure.${key}`);
  const words = { name, value, unit: translate(`figure_unit.${unit}`), source };
  if (grade === 'T') return translate('standard_typed', words);
  return statYear === null
    ? translate('standard', words)
    : translate('standard_year', { ...words, year: statYear });
}

/** A sheet as lines, in the printed sheet's order (compensation.md 4.13). */
export function sheetLines(calculation: Calculation, translate: Translate): readonly string[] {
  const writing = { say: translate, money: yuanGrouped, day: (iso: string) => iso };
  const { items, totals, flags, withheld, figures, info } = calculation;
  const { onceFen, monthlyFen, ownFen } = claimOf(calculation);
  const itemsFen = totals.onceFen - ownFen;
  const total = (key: string, fen: number) => translate(`total.${key}`, { amount: yuanGrouped(fen) });
  return [
    ...items.flatMap((item) => [
      formatItem(item, translate),
      ...(item.steps ?? []).map((step) => `  ${formatStep(step, translate)}`),
      ...item.notes.map((note) => `  ${translate(`note.${note}`)}`),
    ]),
    ...withheld.map((item) => formatWithheld(item, translate)),
    ...(itemsFen === onceFen ? [] : [total('items', itemsFen)]),
    ...(onceFen > 0 ? [total('once', onceFen)] : []),
    ...(monthlyFen > 0 ? [total('monthly', monthlyFen)] : []),
    ...flags.map((flag) => translate(`flag.${flag}`)),
    ...figures.map((figure) => figureLine(figure, translate)),
    ...figures
      .filter(({ stale }) => stale)
      .map(({ statYear }) =>
        statYear === null ? translate('stale_in_force') : translate('stale', { year: statYear }),
      ),
    ...(figures.some(({ grade }) => grade === 'C') ? [translate('grade_c')] : []),
    ...Object.entries(info).map(([key, value]) => formatInfo(key, value, writing)),
    translate('disclaimer'),
  ];
}

/** What a proof says: whether it holds, what it was made of, and its sheet recomputed. */
export function verdictLines(verdict: Verdict, translate: Translate): readonly string[] {
  const { proof, result, consistent, otherEngine, unpublishedFigures } = verdict;
  const { calculator, engineVersion, today } = proof;
  return [
    translate(consistent ? 'proof.consistent' : 'proof.inconsistent'),
    ...(otherEngine ? [translate('proof.other_engine', { version: engineVersion })] : []),
    ...unpublishedFigures.map((key) => translate('proof.unpublished', { name: translate(`figure.${key}`) })),
    translate('proof.made', { calculator, version: engineVersion, today }),
    translate('proof.inputs', { inputs: JSON.stringify(proof.inputs) }),
    ...(result.ok ? sheetLines(result.value, translate) : [translate(`error.${result.failure.code}`)]),
  ];
}
