import { useTranslation } from 'react-i18next';

import { useDesk } from './desk.ts';

/**
 * A typed amount as one says it, so that a zero too many is seen: 34567.5 → 3万4567元5角. Empty for small amounts, and in
 * languages that do not count by ten thousands.
 */
export function useAmountInWords(): (typed: string) => string {
  const { t } = useTranslation('screen');
  const { visit } = useDesk();
  return (typed) => {
    const [whole = '', cents = ''] = typed.split('.');
    if (visit.language !== 'zh-CN' || whole.replace(/^0+/, '').length < 5) return '';
    const places = groupsOfFour(whole);
    const said = places.map(({ count, power }) => t(`spoken.power_${power}`, { count })).join('');
    const [tenth = '0', hundredth = '0'] = cents.padEnd(2, '0');
    return [
      said,
      t('unit.yuan'),
      tenth === '0' ? '' : t('spoken.tenth', { count: Number(tenth) }),
      hundredth === '0' ? '' : t('spoken.hundredth', { count: Number(hundredth) }),
    ].join('');
  };
}

/** Digits in groups of four from the right, each with its power of ten; empty groups are left out, the first takes the rest. */
export function groupsOfFour(digits: string): { count: number; power: 0 | 4 | 8 }[] {
  const powers = [8, 4, 0] as const;
  return powers
    .map((power) => {
      const end = digits.length - power;
      const start = power === 8 ? 0 : Math.max(0, end - 4);
      return { power, count: end <= 0 ? 0 : Number(digits.slice(start, end)) };
    })
    .filter(({ count }) => count > 0);
}
