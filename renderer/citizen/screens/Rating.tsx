import { LogOut, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { RatingReason } from '../../../app/contract/rate.ts';
import { Face } from '../../components/Face.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import type { Screen } from '../visit.ts';

const scores = [5, 4, 3, 2, 1] as const;
const reasons: readonly RatingReason[] = [
  'not_understood',
  'answer_unclear',
  'too_slow',
  'device_fault',
  'other',
];

/** Five faces with words; skipping is as big as rating. */
export function Rate() {
  const { t } = useTranslation('screen');
  const { dispatch, clerk } = useDesk();
  return (
    <>
      <Stage title={t('rate.title')} intro={t('rate.intro')}>
        <div className="faces">
          {scores.map((score) => (
            <button
              type="button"
              key={score}
              className="face-button"
              data-press={`rate-${String(score)}`}
              onClick={() =>
                score <= 2
                  ? dispatch({ kind: 'went', to: { at: 'rateReasons', score: score as 1 | 2 } })
                  : clerk.rate(score, [])
              }
            >
              <Face score={score} />
              <span>{t(`rate.score.${score}`)}</span>
            </button>
          ))}
        </div>
      </Stage>
      <Hands label={t('rate.skip')}>
        <div className="grid one">
          <Press name="skip" icon={LogOut} className="tall" onPress={() => clerk.end('finished')}>
            {t('rate.skip')}
          </Press>
        </div>
        <p className="hands-note">{t('rate.wipe')}</p>
      </Hands>
    </>
  );
}

export function RateReasons({ screen }: { screen: Extract<Screen, { at: 'rateReasons' }> }) {
  const { t } = useTranslation('screen');
  const { clerk } = useDesk();
  const [chosen, setChosen] = useState<readonly RatingReason[]>([]);
  return (
    <>
      <Stage title={t('rate.why')} intro={t('rate.why_intro')}></Stage>
      <Hands label={t('rate.send')} large>
        <div className="grid one">
          {reasons.map((reason) => (
            <Press
              key={reason}
              name={`reason-${reason}`}
              className="wide several"
              chosen={chosen.includes(reason)}
              onPress={() =>
                setChosen(
                  chosen.includes(reason) ? chosen.filter((one) => one !== reason) : [...chosen, reason],
                )
              }
            >
              {t(`rate.reason.${reason}`)}
            </Press>
          ))}
        </div>
        <div className="grid one">
          <Press
            name="send-rating"
            icon={Send}
            tone="action"
            className="tall"
            onPress={() => clerk.rate(screen.score, chosen)}
          >
            {t('rate.send')}
          </Press>
        </div>
      </Hands>
    </>
  );
}
