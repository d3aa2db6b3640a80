import { randomInt } from 'node:crypto';

const CHECK_DIGITS = 10;

/** Luhn, over the digits alone: one wrong or two swapped digits are noticed. */
function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (CHECK_DIGITS - (sum % CHECK_DIGITS)) % CHECK_DIGITS;
}

/**
 * A number to say over the telephone: day, four random digits, one check digit, e.g. `261122-0483-7`. Says nothing
 * about how many came before. `isTaken` keeps it unique on this machine.
 */
export function newReceiptNumber(today: string, isTaken: (receiptNumber: string) => boolean): string {
  const day = today.slice(2).replaceAll('-', '');
  for (;;) {
    const lot = String(randomInt(10_000)).padStart(4, '0');
    const receiptNumber = `${day}-${lot}-${checkDigit(day + lot)}`;
    if (!isTaken(receiptNumber)) return receiptNumber;
  }
}
