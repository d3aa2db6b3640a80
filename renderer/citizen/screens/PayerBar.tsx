import { useTranslation } from 'react-i18next';

import { sharesOf, type Calculation } from '../../../app/domain/compensation/index.ts';
import { yuan } from '../wording.ts';

/** Up to so many payers stand side by side with their words; more stand below each other. */
export const SIDE_BY_SIDE = 2;

/** Who pays what of the one-off sum: one bar, a part for each payer, with the words on it. */
export function PayerBar({ calculation }: { calculation: Calculation }) {
  const { t } = useTranslation('screen');
  const shares = sharesOf(calculation);
  if (shares.length === 0) return null;
  return (
    <ul className={shares.length > SIDE_BY_SIDE ? 'payer-bar standing' : 'payer-bar'}>
      {shares.map(({ payer, fen }) => (
        <li key={payer} className={`payer-${payer}`} style={{ flexGrow: fen }}>
          <span>{t(`result.payer.${payer}`)}</span>
          <strong>{yuan(fen)}</strong>
        </li>
      ))}
    </ul>
  );
}
