import { Check, Keyboard, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CardFields, CardReadingView } from '../../../app/contract/identity.ts';
import { Door } from '../../components/Door.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import type { AidDraft } from '../visit.ts';

const TRIES = 3;

/** Puts an identity card's fields into the form; writing them by hand is always open. */
export function CardReading({ onDone }: { onDone: (change: Partial<AidDraft>) => void }) {
  const { t } = useTranslation('screen');
  const { dispatch, kiosk } = useDesk();
  const [attempt, setAttempt] = useState(0);
  const absent = kiosk?.cardReader.state !== 'ready';
  const { reading, retries } = useCardReading(!absent, attempt);
  const fields = reading.kind === 'read' ? reading.fields : null;
  const failed = absent || reading.kind === 'failed' || retries >= TRIES;

  const go = (change: Partial<AidDraft>) => {
    dispatch({ kind: 'filled', change });
    onDone(change);
  };
  return (
    <>
      <Stage
        title={t(fields ? 'card.read' : absent ? 'card.absent_title' : 'card.title')}
        intro={
          absent ? t('card.absent') : reading.kind === 'read' ? t('card.check') : t(words(reading, retries))
        }
      >
        {fields ? (
          <CardFieldList fields={fields} />
        ) : (
          <div className={`card-place ${reading.kind}`} aria-hidden>
            <Door picture="card" />
          </div>
        )}
        {!fields && !absent && <p>{t('card.promise')}</p>}
      </Stage>
      <Hands label={t('card.title')}>
        <div className="grid one">
          {fields && (
            <Press
              name="use-card"
              icon={Check}
              tone="jade"
              className="tall"
              onPress={() =>
                go({ fromCard: true, name: fields.name, idNumber: fields.number, address: fields.address })
              }
            >
              {t('card.use')}
            </Press>
          )}
          {!fields && !absent && reading.kind === 'failed' && (
            <Press name="card-again" icon={RotateCcw} onPress={() => setAttempt(attempt + 1)}>
              {t('card.again')}
            </Press>
          )}
          <Press
            name="by-hand"
            icon={Keyboard}
            tone={failed ? 'action' : 'plain'}
            onPress={() => go({ fromCard: false })}
          >
            {t('card.by_hand')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

function CardFieldList({ fields }: { fields: CardFields }) {
  const { t } = useTranslation('screen');
  return (
    <dl className="card-fields">
      <dt>{t('intake:field.name')}</dt>
      <dd>{fields.name}</dd>
      <dt>{t('intake:field.idNumber')}</dt>
      <dd>{fields.maskedNumber}</dd>
      <dt>{t('intake:field.address')}</dt>
      <dd>{fields.address}</dd>
      {fields.expired && <dd className="stale">{t('card.expired')}</dd>}
    </dl>
  );
}

function words(reading: Exclude<CardReadingView, { kind: 'read' }>, retries: number): string {
  if (retries >= TRIES) return 'card.three_times';
  if (reading.kind === 'retry' || reading.kind === 'failed') return `card.${reading.kind}.${reading.reason}`;
  return `card.${reading.kind}`;
}

/** The reader runs only while this is on screen: leaving closes the stream, which stops it. */
function useCardReading(wanted: boolean, attempt: number): { reading: CardReadingView; retries: number } {
  const { link, visit } = useDesk();
  const { core } = link;
  const { sessionId } = visit;
  const [reading, setReading] = useState<CardReadingView>({ kind: 'waiting' });
  const [retries, setRetries] = useState(0);
  useEffect(() => {
    if (!wanted || !core || !sessionId) return undefined;
    const left = new AbortController();
    const follow = async () => {
      setReading({ kind: 'waiting' });
      setRetries(0);
      try {
        for await (const state of await core.identity.read({ sessionId }, { signal: left.signal })) {
          if (left.signal.aborted) return;
          // What went wrong is said until the card lies there again: the reader waits for it at once.
          setReading((before) => (state.kind === 'waiting' && before.kind === 'retry' ? before : state));
          if (state.kind === 'retry') setRetries((before) => before + 1);
        }
      } catch {
        if (!left.signal.aborted) setReading({ kind: 'failed', reason: 'reader_silent' });
      }
    };
    void follow();
    return () => left.abort();
  }, [wanted, core, sessionId, attempt]);
  return { reading, retries };
}
