import i18next from 'i18next';
import {
  formatInfo,
  formatItem,
  formatStep,
  formatWithheld,
  type Calculation,
  type CalculationError,
  type Translate,
} from '../../app/domain/compensation/index.ts';
import { yuanGrouped } from '../../app/domain/money/index.ts';
import words from '../../locales/zh-CN/calculator.json' with { type: 'json' };

/** The Chinese words of calculator.json. */
async function translator(): Promise<Translate> {
  const language = i18next.createInstance();
  await language.init({
    lng: 'zh-CN',
    ns: 'calculator',
    defaultNS: 'calculator',
    resources: { 'zh-CN': { calculator: words } },
    interpolation: { escapeValue: false },
  });
  return (key, values) => language.t(key, values ?? {});
}

/** A sheet as lines for a person at a terminal, in the printed sheet's order (compensation.md 4.13). */
export async function readable(calculation: Calculation): Promise<readonly string[]> {
  const translate = await translator();
  const writing = { say: translate, money: yuanGrouped, day: (iso: string) => iso };
  const { items, totals, flags, withheld, figures, info } = calculation;
  return [
    ...items.flatMap((item) => [
      formatItem(item, translate),
      ...(item.steps ?? []).map((step) => `  ${formatStep(step, translate)}`),
      ...item.notes.map((note) => `  ${translate(`note.${note}`)}`),
    ]),
    ...withheld.map((item) => formatWithheld(item, translate)),
    ...(totals.onceFen > 0 ? [translate('total.once', { amount: yuanGrouped(totals.onceFen) })] : []),
    ...(totals.monthlyFen > 0
      ? [translate('total.monthly', { amount: yuanGrouped(totals.monthlyFen) })]
      : []),
    ...flags.map((flag) => translate(`flag.${flag}`)),
    ...figures.map((figure) => {
      const name = translate(`figure.${figure.key}`);
      const value = {
        name,
        value: figure.value,
        unit: translate(`figure_unit.${figure.unit}`),
        source: figure.source,
      };
      return figure.statYear === null
        ? translate('standard', value)
        : translate('standard_year', { ...value, year: figure.statYear });
    }),
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

/** Why there is no sheet, in Chinese, with the field's technical name for whoever typed it. */
export async function readableError({ code, field, message }: CalculationError): Promise<string> {
  const translate = await translator();
  return `${translate(`error.${code}`)}（${field ?? code}: ${message}）`;
}
