import { parseDecimal } from './ratio.ts';

/** Yuan with two decimals from whole fen: `600000` → `6000.00`. */
export function yuanFromFen(fen: number): string {
  const magnitude = Math.abs(fen);
  const cents = String(magnitude % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}${Math.floor(magnitude / 100)}.${cents}`;
}

/** Whole fen from a decimal text in yuan with at most two decimals; `null` for anything else. */
export function fenFromYuan(text: string): number | null {
  const ratio = parseDecimal(text);
  if (ratio === null || 100n % ratio.denominator !== 0n) return null;
  const fen = Number((ratio.numerator * 100n) / ratio.denominator);
  return Number.isSafeInteger(fen) ? fen : null;
}

/** For the screen: `1234567` fen → `12,345.67`. */
export function yuanGrouped(fen: number): string {
  const [units = '', cents = ''] = yuanFromFen(fen).split('.');
  return `${units.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** A decimal without idle zeros behind the point: `7.50` → `7.5`, `40.00` → `40`. */
export function trimDecimal(text: string): string {
  if (!text.includes('.')) return text;
  let end = text.length;
  while (text[end - 1] === '0') end -= 1;
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end);
}
