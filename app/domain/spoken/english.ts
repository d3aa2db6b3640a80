/** Telephone numbers that are called digit by digit; years and amounts a voice says right by itself. */
const TELEPHONE =
  /(?<![\d.,])(?:1[02]\d{3}|0\d{2,3}[ -]\d{7,8}|11[0-9]|12[02])(?![\d.,%]*\d)(?!\s*(?:CNY|yuan|days?|%))/g;

/** A written English sentence as it is said. */
export const spokenEnglish = (written: string): string =>
  /[\p{L}\p{N}]/u.test(written)
    ? written.replace(TELEPHONE, (number) => Array.from(number.replace(/[ -]/g, '')).join(' '))
    : '';
