const DIGITS = '零一二三四五六七八九';
const PLACES = ['', '十', '百', '千'];
const MYRIADS = ['', '万', '亿', '万亿'];
/** Beyond this many digits a number is a code: nobody says it as an amount. */
const LONGEST_NUMBER = 16;

/** Digits one by one as in years: 2026 → 二零二六. What is no digit is left out. */
export const digitByDigit = (digits: string): string =>
  Array.from(digits, (digit) => (/\d/.test(digit) ? DIGITS[Number(digit)] : '')).join('');

/** Digits one by one as on the telephone, where 一 is said 幺: 12348 → 幺二三四八. A final X of an identity number is said too. */
export const dialled = (code: string): string =>
  Array.from(code, (sign) => (sign.toUpperCase() === 'X' ? '艾克斯' : digitByDigit(sign)))
    .join('')
    .replaceAll('一', '幺');

/** A whole number as it is said: 1079 → 一千零七十九, 20000 → 两万. More than 16 digits come digit by digit. */
export function cardinal(digits: string): string {
  const whole = digits.replace(/^0+(?=\d)/, '');
  if (whole.length > LONGEST_NUMBER) return digitByDigit(digits);
  if (whole === '0') return '零';
  let said = '';
  let gap = false;
  for (let group = Math.ceil(whole.length / 4) - 1; group >= 0; group -= 1) {
    const four = whole.slice(Math.max(0, whole.length - 4 * (group + 1)), whole.length - 4 * group);
    const value = Number(four);
    if (value === 0) {
      gap = said !== '';
      continue;
    }
    if (said !== '' && (gap || value < 1000)) said += '零';
    said += upToMyriad(value) + (MYRIADS[group] ?? '');
    gap = false;
  }
  // 十二, not 一十二, where it begins the number; 两千 and 两万, but 二百, and 十二万, where the 二 counts ones.
  return said.replace(/^一十/, '十').replace(/(?<![十百零])二(?=[千万亿])/g, '两');
}

function upToMyriad(value: number): string {
  let said = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) gap = said !== '';
    else {
      said += (gap ? '零' : '') + (DIGITS[digit] ?? '') + (PLACES[place] ?? '');
      gap = false;
    }
  }
  return said;
}

/** A number with or without thousands and decimals: 12,345.60 → 一万二千三百四十五点六零. */
export function number(written: string): string {
  const [whole = '', decimals] = written.replace(/[,，](?=\d{3})/g, '').split('.');
  return cardinal(whole) + (decimals === undefined ? '' : `点${digitByDigit(decimals)}`);
}

/** Yuan in full: 45,312.50 → 四万五千三百一十二元五角. More than two decimals are said as a number. */
export function yuan(written: string): string {
  const [whole = '', decimals = ''] = written.replace(/[,，](?=\d{3})/g, '').split('.');
  if (decimals.length > 2) return `${number(written)}元`;
  const [tenths, hundredths] = decimals.padEnd(2, '0');
  const parts = [
    Number(whole) > 0 ? `${counted(whole)}元` : '',
    tenths === '0' ? '' : `${counted(tenths ?? '')}角`,
    hundredths === '0'
      ? ''
      : `${tenths === '0' && Number(whole) > 0 ? '零' : ''}${counted(hundredths ?? '')}分`,
  ].join('');
  return parts === '' ? '零元' : parts;
}

/** A number before a measure word: 2 is 两 there. */
export const counted = (written: string): string => (/^0*2$/.test(written) ? '两' : number(written));
