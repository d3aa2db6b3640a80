import type { TFunction } from 'i18next';
import { Mic, PencilLine } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { PublicityCard } from '../../../app/contract/consult.ts';
import { articleInDigits } from '../../../app/domain/article.ts';
import { Door, type DoorPicture } from '../../components/Door.tsx';
import { Emblem, WovenLine } from '../../components/Emblem.tsx';
import { Press } from '../../components/Press.tsx';
import { Ridge } from '../../components/Ridge.tsx';
import { topicIcon } from '../../components/topicIcon.ts';
import { Hands, Hotline, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import type { Screen } from '../visit.ts';
import { ContactsButton } from './Asking.tsx';

type Frame = { picture: DoorPicture; sign: string; detail: string };

const FRAME_MS = 9_000;

/** Three frames: what one may ask, a law of the season (without any, the slip), and legal aid. Each round another law. */
function frameAt(turn: number, publicity: readonly PublicityCard[], t: TFunction<'screen'>): Frame {
  const own = (name: 'ask' | 'paper' | 'aid', picture: DoorPicture): Frame => ({
    picture,
    sign: t(`attract.${name}`),
    detail: t(`attract.${name}_detail`),
  });
  const card = publicity[Math.floor(turn / FRAMES) % Math.max(publicity.length, 1)];
  switch (turn % FRAMES) {
    case 0:
      return own('ask', 'talk');
    case 1: {
      if (card === undefined) return own('paper', 'slip');
      const source = t('basis.cite', { law: card.law, article: articleInDigits(card.article) });
      return { picture: 'book', sign: card.title, detail: [...card.sentences, source].join('\n') };
    }
    default:
      return own('aid', 'hand');
  }
}

const FRAMES = 3;

/** What nobody stands at: the name above, a message, the landscape; a touch anywhere opens the counter. */
function Poster({
  kind = '',
  deaf = false,
  children,
}: {
  kind?: 'farewell' | '';
  deaf?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('screen');
  const { clerk } = useDesk();
  return (
    <div className={`attract ${kind}`}>
      <button type="button" className="attract-open" data-press="start" disabled={deaf} onClick={clerk.start}>
        <span className="attract-top">
          <Emblem />
          <span className="attract-name">
            {t('band.name')}
            <span className="attract-service">{t('band.service')}</span>
          </span>
        </span>
        {children}
        <span className="sun" aria-hidden />
        <Ridge />
      </button>
      <div className="attract-foot">
        <WovenLine />
        <p>{t('attract.free')}</p>
        <Hotline />
      </div>
    </div>
  );
}

/** The poster: one sentence and one picture at a time; a touch anywhere opens the counter. */
export function Attract() {
  const { t } = useTranslation('screen');
  const { publicity, kiosk } = useDesk();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), FRAME_MS);
    return () => clearInterval(timer);
  }, []);
  const { picture, sign, detail } = frameAt(turn, publicity, t);
  return (
    <Poster>
      <span className="attract-words" key={turn}>
        <span className="attract-picture">
          <Door picture={picture} />
        </span>
        <span className="sign">{sign}</span>
        <span className="attract-detail">{detail}</span>
      </span>
      <span className="attract-frames" aria-hidden>
        {Array.from({ length: FRAMES }, (_, at) => (
          <span key={at} className={at === turn % FRAMES ? 'now' : ''} />
        ))}
      </span>
      {kiosk?.leftBehind.card === true && (
        <span className="notice trouble" role="status">
          {t('reminder:found_card')}
        </span>
      )}
      <span className="attract-touch">{t('attract.touch')}</span>
    </Poster>
  );
}

const columns: Readonly<Record<number, string>> = { 2: 'two', 3: 'three', 4: 'four' };

/** The counter: ask in your own words, or one of the doors, or what others ask here. Without content only what still works. */
export function Home() {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk, kiosk, popular } = useDesk();
  const answering = kiosk?.content.source !== 'none';
  const note = kiosk?.content.betterRefused === true ? kiosk.content.source : null;
  const room = (visit.elder ? 4 : 6) - (note ? 2 : 0);
  const doors: readonly ReactNode[] = [
    answering && <DoorButton key="browse" name="browse" picture="talk" onPress={clerk.browse} />,
    answering && <DoorButton key="guides" name="guides" picture="path" onPress={clerk.browseGuides} />,
    answering && (
      <DoorButton
        key="calculate"
        name="calculate"
        picture="scale"
        onPress={() => dispatch({ kind: 'went', to: { at: 'calculators' } })}
      />
    ),
    kiosk?.intakeOffered === true && (
      <DoorButton
        key="aid"
        name="aid"
        picture="hand"
        onPress={() => dispatch({ kind: 'went', to: { at: 'aidConsent' } })}
      />
    ),
  ].filter((door) => door !== false);
  return (
    <>
      <Stage title={t('home.title')}>
        {note && (
          <p className="notice trouble" role="status">
            {t(`content.${note}`)}
          </p>
        )}
        {answering && <AskWays />}
        {popular.length > 0 && (
          <section className="popular" aria-labelledby="popular">
            <h2 id="popular">{t('home.popular')}</h2>
            <div className="grid two">
              {popular.slice(0, room).map((candidate) => (
                <Press
                  key={candidate.id}
                  name={`popular-${candidate.id}`}
                  icon={topicIcon(candidate.topic)}
                  className="tile"
                  onPress={() => clerk.open(candidate.id)}
                >
                  {candidate.title}
                </Press>
              ))}
            </div>
          </section>
        )}
      </Stage>
      <Hands label={t('home.doors')}>
        {doors.length > 0 && <div className={`doors ${columns[doors.length] ?? ''}`}>{doors}</div>}
        {!answering && <ContactsButton />}
      </Hands>
    </>
  );
}

/** In one's own words: spoken, where the machine can listen, and written. */
function AskWays() {
  const { t } = useTranslation(['screen', 'voice']);
  const { dispatch, kiosk } = useDesk();
  const listens = kiosk?.listening.state === 'ready';
  return (
    <div className={listens ? 'ask-ways both' : 'ask-ways'}>
      {listens && (
        <button
          type="button"
          className="ask-field spoken"
          data-press="speak"
          onClick={() => dispatch({ kind: 'went', to: { at: 'speak', eager: true } })}
        >
          <span className="ask-microphone">
            <Mic className="icon" aria-hidden strokeWidth={1.75} />
          </span>
          <span>
            {t('voice:ask.speak')}
            <span className="ask-example">{t('voice:ask.speak_example')}</span>
          </span>
        </button>
      )}
      <button
        type="button"
        className="ask-field"
        data-press="ask"
        onClick={() => dispatch({ kind: 'went', to: { at: 'ask' } })}
      >
        <PencilLine className="icon" aria-hidden strokeWidth={1.75} />
        <span>
          {listens ? t('voice:ask.write') : t('home.ask')}
          {!listens && <span className="ask-example">{t('home.ask_example')}</span>}
        </span>
      </button>
    </div>
  );
}

function DoorButton({
  name,
  picture,
  onPress,
}: {
  name: 'browse' | 'guides' | 'calculate' | 'aid';
  picture: DoorPicture;
  onPress: () => void;
}) {
  const { t } = useTranslation('screen');
  return (
    <button type="button" className={`door ${name}`} data-press={`door-${name}`} onClick={onPress}>
      <Door picture={picture} />
      <span className="door-name">{t(`home.door.${name}`)}</span>
      <span className="door-detail">{t(`home.door.${name}_detail`)}</span>
    </button>
  );
}

const FAREWELL_MS = 5_000;
/** The second half of a double touch on the last button must not begin another visit. */
const DEAF_MS = 700;

/** All is wiped; the visitor's language stays until this closes by itself. */
export function Farewell({ screen }: { screen: Extract<Screen, { at: 'farewell' }> }) {
  const { t } = useTranslation('screen');
  const { dispatch, kiosk } = useDesk();
  const left = kiosk?.leftBehind;
  const lies = left?.card === true || left?.slip === 'untaken';
  const [deaf, setDeaf] = useState(true);
  useEffect(() => {
    const hearing = setTimeout(() => setDeaf(false), DEAF_MS);
    const closing = setTimeout(() => dispatch({ kind: 'closed' }), FAREWELL_MS);
    return () => {
      clearTimeout(hearing);
      clearTimeout(closing);
    };
  }, [dispatch]);
  return (
    <Poster kind="farewell" deaf={deaf}>
      <span className="attract-words">
        <span className="sign">{t('farewell.title')}</span>
        {screen.ratingLost && <span className="attract-detail">{t('farewell.rating_lost')}</span>}
        <span className="attract-detail">{t('farewell.wiped')}</span>
        {left?.card === true && <span className="notice trouble">{t('reminder:card')}</span>}
        {left?.slip === 'untaken' && <span className="notice trouble">{t('reminder:slip')}</span>}
        {!lies && <span className="attract-detail">{t('farewell.take')}</span>}
      </span>
    </Poster>
  );
}
