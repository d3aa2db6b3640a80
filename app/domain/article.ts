const DIGITS = '零一二三四五六七八九';
const TENS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The name of an article with its numbers in figures: 第一千零七十九条 becomes 第1079条; what is no such number stays. */
export const articleInDigits = (name: string): string =>
  name.replace(
    /第([零一二三四五六七八九十百千]+)(?=[条款项])/g,
    (_, numeral: string) => `第${String(numberOf(numeral))}`,
  );

function numberOf(numeral: string): number {
  let total = 0;
  let digit = 0;
  for (const character of numeral) {
    const ten = TENS[character];
    if (ten === undefined) digit = DIGITS.indexOf(character);
    else {
      total += (digit || 1) * ten;
      digit = 0;
    }
  }
  return total + digit;
}
