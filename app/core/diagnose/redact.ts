const MASK = '***';

/** Fields that hold what a person said or is, wherever they turn up. */
const PERSONAL_FIELD =
  /("(?:question|name|address|facts|phone|number|idNumber|id_number|text)":)"(?:[^"\\]|\\.)*"/gi;
/** 18 or 15 digits, also written in groups, of which the last may be X. */
const IDENTITY_NUMBER = /(?<![\d.])(?:(?:\d[ -]?){17}[\dXx]|(?:\d[ -]?){14}\d)(?!\d)/g;
const TELEPHONE = /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)/g;
/** The program logs in English; two or more Han characters are a name, a place or a question. */
const HAN = /\p{Script=Han}{2,}/gu;

/** Takes out of a finished log line whatever could be about a person. Wide digits and letters count as narrow ones. */
export function redact(line: string): string {
  return line
    .normalize('NFKC')
    .replace(PERSONAL_FIELD, `$1"${MASK}"`)
    .replace(IDENTITY_NUMBER, MASK)
    .replace(TELEPHONE, MASK)
    .replace(HAN, MASK);
}
