import i18next from 'i18next';
import type { Calculation, CalculationError, Translate } from '../../app/domain/compensation/index.ts';
import type { Verdict } from '../../app/domain/compensation/proof/index.ts';
import words from '../../locales/zh-CN/calculator.json' with { type: 'json' };
import { sheetLines, verdictLines } from './lines.ts';

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
export const readable = async (calculation: Calculation): Promise<readonly string[]> =>
  sheetLines(calculation, await translator());

/** Whether a proof holds, then its sheet recomputed: what `--verify` prints. */
export const readableVerdict = async (verdict: Verdict): Promise<readonly string[]> =>
  verdictLines(verdict, await translator());

/** Why there is no sheet, in Chinese, with the field's technical name for whoever typed it. */
export async function readableError({ code, field, message }: CalculationError): Promise<string> {
  const translate = await translator();
  return `${translate(`error.${code}`)}（${field ?? code}: ${message}）`;
}
