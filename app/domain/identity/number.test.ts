import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ageOfIdNumber,
  birthOfIdNumber,
  isForeign2017Number,
  isIdNumber,
  maskIdNumber,
  normalizeIdNumber,
} from './number.ts';

describe('citizen identity numbers', () => {
  it.each(['530000199001010011', '11010519491231002X', '440524188001010014', '932682198501010017'])(
    'accepts %s',
    (number) => {
      expect(isIdNumber(number)).toBe(true);
    },
  );

  it('takes a small x and blanks as typed by hand', () => {
    expect(isIdNumber('110105 19491231 002x')).toBe(true);
    expect(normalizeIdNumber('110105 19491231 002x')).toBe('11010519491231002X');
  });

  it.each([
    '',
    '530000199001010012',
    '53000019900101001',
    '530000199013010011',
    'X30000199001010011',
    '5300001990010100111',
    '测试',
  ])('refuses %j', (text) => {
    expect(isIdNumber(text)).toBe(false);
    expect(birthOfIdNumber(text)).toBeNull();
  });

  it('notices every single wrong digit', () => {
    const number = '530000199001010011';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.integer({ min: 0, max: 9 }), (index, digit) => {
        fc.pre(number[index] !== String(digit));
        expect(isIdNumber(`${number.slice(0, index)}${digit}${number.slice(index + 1)}`)).toBe(false);
      }),
    );
  });

  it('gives the age in completed years', () => {
    expect(ageOfIdNumber('530000199001010011', '2026-11-22')).toBe(36);
    expect(ageOfIdNumber('530000199001010011', '1989-01-01')).toBeNull();
    expect(ageOfIdNumber('530000199001010012', '2026-11-22')).toBeNull();
  });

  it('shows only the first three and last four', () => {
    expect(maskIdNumber('530000199001010011')).toBe('530***********0011');
    expect(maskIdNumber('CAN530190010118')).toBe('CAN********0118');
    expect(maskIdNumber('12345')).toBe('*****');
  });
});

describe('numbers of foreigners’ cards of 2017', () => {
  it('accepts letters and twelve digits of which the last one is right', () => {
    expect(isForeign2017Number('CAN530190010118')).toBe(true);
    expect(isForeign2017Number('KAZ110090123105')).toBe(true);
    for (const wrong of ['CAN530190010117', 'CAN53019001011', 'can530190010118', '530000199001010011', ''])
      expect(isForeign2017Number(wrong), wrong).toBe(false);
  });

  it('gives the age, in doubt of who is younger', () => {
    expect(ageOfIdNumber('CAN530190010118', '2026-11-22')).toBe(36);
    expect(ageOfIdNumber('KAZ110090123105', '2026-11-22')).toBe(35);
    expect(ageOfIdNumber('CAN530120010117', '2026-11-22')).toBe(6);
    expect(ageOfIdNumber('CAN530190130111', '2026-11-22')).toBeNull();
    expect(isIdNumber('CAN530190010118')).toBe(false);
  });
});
