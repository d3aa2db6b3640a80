/** Fifteen or eighteen digits that may be an identity number, also in groups or half hidden by stars. */
const IDENTITY = /(?<![\d*])(?:(?:[\d*][ -]?){17}[\dXx*]|(?:[\d*][ -]?){14}[\d*])(?![\d*])/g;
const MOBILE = /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g;

/**
 * The same text without what may be somebody's identity or mobile number: others stand within earshot. The screens
 * leave personal fields out already; this holds where one is forgotten. Service numbers (12348, landlines) stay.
 */
export const withoutPersonalNumbers = (text: string): string =>
  text
    .replace(/[０-９Ｘｘ]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(IDENTITY, '')
    .replace(MOBILE, '');
