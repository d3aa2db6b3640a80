import {
  BookOpenText,
  Calculator,
  CircleHelp,
  ClipboardList,
  HandHelping,
  House,
  Layers,
  Mic,
  PencilLine,
  Printer,
  RotateCcw,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type {
  Candidate,
  GuideHead,
  MAX_QUESTION_LENGTH,
  UrgentNotice,
} from '../../../app/contract/consult.ts';
import type { Need } from '../../../app/domain/consult/index.ts';
import { Press } from '../../components/Press.tsx';
import { topicIcon } from '../../components/topicIcon.ts';
import { Keyboard } from '../../keyboard/index.ts';
import { Choices, Lines, Rows, Tiles } from '../../layout/Shelves.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import type { Screen } from '../visit.ts';
import { Repealed } from './Repealed.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** The contract as a value would bring zod with it; as a type it still refuses another number than its own. */
const LONGEST_QUESTION: typeof MAX_QUESTION_LENGTH = 500;

/** Writing a question in one's own words. */
export function Ask() {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  return (
    <>
      <Stage title={t('ask.title')} intro={t('ask.intro')}>
        <Written text={visit.question} placeholder={t('ask.placeholder')} />
        {visit.question.length > LONGEST_QUESTION - 50 && (
          <p className="aside">{t('ask.left', { left: LONGEST_QUESTION - visit.question.length })}</p>
        )}
        {visit.question === '' && (
          <ul className="examples">
            {(['first', 'second', 'third'] as const).map((example) => (
              <li key={example}>{t(`ask.example.${example}`)}</li>
            ))}
          </ul>
        )}
      </Stage>
      <Hands label={t('ask.title')}>
        <Keyboard
          key={visit.language}
          mode={visit.language === 'zh-CN' ? 'pinyin' : 'latin'}
          value={visit.question}
          onChange={(question) => dispatch({ kind: 'typed', question })}
          onDone={(question) => {
            dispatch({ kind: 'typed', question });
            if (question.trim() === '') dispatch({ kind: 'went', to: { at: 'refused', reason: 'empty' } });
            else clerk.ask(question);
          }}
          doneLabel={t('ask.done')}
          maxLength={LONGEST_QUESTION}
        />
      </Hands>
    </>
  );
}

/** Text being written, with a caret; the end of a long text stays in view. */
export function Written({ text, placeholder }: { text: string; placeholder: string }) {
  return (
    <div className="written" data-empty={text === ''}>
      <p>
        {text === '' ? <span className="placeholder">{placeholder}</span> : text}
        <span className="caret" aria-hidden />
      </p>
    </div>
  );
}

export function Topics({ screen }: { screen: At<'topics'> }) {
  const { t } = useTranslation('screen');
  const { dispatch, kiosk } = useDesk();
  const tiles = screen.shelves.map((shelf) => (
    <Press
      key={shelf.topic}
      name={`topic-${shelf.topic}`}
      icon={topicIcon(shelf.topic)}
      className="tile"
      onPress={() => dispatch({ kind: 'went', to: { at: 'shelf', shelf } })}
    >
      {shelf.title}
    </Press>
  ));
  return (
    <Choices
      title={t('topics.title')}
      intro={t('topics.intro')}
      list={<Tiles sameAs="topics" tiles={tiles} />}
      ways={
        <OwnWords>
          {kiosk?.content.statutes === true ? (
            <Press
              name="find-law"
              icon={BookOpenText}
              onPress={() => dispatch({ kind: 'went', to: { at: 'find', what: 'statutes' } })}
            >
              {t('law.find')}
            </Press>
          ) : undefined}
        </OwnWords>
      }
    />
  );
}

/** A short shelf as its answers, a long one as its headings. */
export function Shelf({ screen }: { screen: At<'shelf'> }) {
  const { t } = useTranslation('screen');
  const { dispatch, orientation } = useDesk();
  const { shelf } = screen;
  const headings = shelf.parts.map((part, at) => (
    <Press
      key={part.title}
      name={`part-${String(at + 1)}`}
      className="roomy"
      detail={part.answers
        .slice(0, 2)
        .map(({ title }) => title)
        .join(t('list_separator'))}
      onPress={() => dispatch({ kind: 'went', to: { at: 'part', shelf, part } })}
    >
      {part.title ?? t('shelf.other')}
    </Press>
  ));
  return (
    <Choices
      title={shelf.title}
      intro={t(headings.length > 0 ? 'shelf.headings' : 'shelf.intro')}
      list={
        headings.length > 0 ? (
          <Rows sameAs={shelf.topic} items={headings} columns={orientation === 'landscape' ? 2 : 1} />
        ) : (
          <AnswerLines sameAs={shelf.topic} answers={shelf.answers} />
        )
      }
      ways={<OwnWords />}
    />
  );
}

export function ShelfPart({ screen }: { screen: At<'part'> }) {
  const { t } = useTranslation('screen');
  const { title, answers } = screen.part;
  return (
    <Choices
      title={title ?? t('shelf.other')}
      intro={t('shelf.intro')}
      list={<AnswerLines sameAs={`${screen.shelf.topic} ${title ?? ''}`} answers={answers} />}
      ways={<OwnWords />}
    />
  );
}

function AnswerLines({ answers, sameAs }: { answers: readonly Candidate[]; sameAs: string }) {
  const { clerk } = useDesk();
  return (
    <Lines
      sameAs={sameAs}
      lines={answers.map(({ id, title }) => (
        <Press key={id} name={`candidate-${id}`} onPress={() => clerk.open(id)}>
          {title}
        </Press>
      ))}
    />
  );
}

/** Where one fact decides between the candidates, that is what is asked; what it goes on about is said, and can be denied. */
export function Choose({ screen }: { screen: At<'choose'> }) {
  const { t } = useTranslation('screen');
  const { clerk } = useDesk();
  const { candidates, facts, guides, about, question } = screen;
  const [title, intro] =
    about === null && Object.keys(facts).length > 0
      ? [t('which.title'), t('which.intro')]
      : [t('choose.title'), about === null ? t('choose.intro') : t('choose.about', { title: about })];
  return (
    <>
      <Stage title={title} intro={intro} asking>
        <Urgent notice={screen.urgent} />
        <Repealed laws={screen.repealed} />
      </Stage>
      <Hands label={title}>
        <FewCandidates list={candidates} facts={facts} guides={guides} />
        <OwnWords again>
          {about === null ? (
            <NoneButton />
          ) : (
            <Press name="afresh" icon={RotateCcw} onPress={() => clerk.ask(question, true)}>
              {t('choose.afresh')}
            </Press>
          )}
        </OwnWords>
      </Hands>
    </>
  );
}

/** "都不是": noted like an answer that did not help, and led to people. */
export function NoneButton() {
  const { t } = useTranslation('screen');
  const { clerk } = useDesk();
  return (
    <Press name="none" icon={CircleHelp} onPress={clerk.noneMeant}>
      {t('choose.none')}
    </Press>
  );
}

/** Where nothing was understood but what is wanted, that door stands first. */
function WantedDoor({ need }: { need: Need }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  return need === 'calculate' ? (
    <Press
      name="door-calculate"
      icon={Calculator}
      className="roomy"
      onPress={() => dispatch({ kind: 'went', to: { at: 'calculators' } })}
    >
      {t('home.door.calculate')}
    </Press>
  ) : (
    <Press
      name="act-intake"
      icon={HandHelping}
      className="roomy"
      onPress={() => dispatch({ kind: 'went', to: { at: 'aidConsent' } })}
    >
      {t('answer.intake')}
    </Press>
  );
}

export function Handover({ screen }: { screen: At<'handover'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, kiosk, orientation } = useDesk();
  const { need } = screen;
  // The numbers of a danger and all ways on must stand beside what is near.
  const isRoomy = orientation === 'portrait' && visit.language === 'zh-CN' && !visit.elder;
  const roomy = screen.urgent ? 3 : 4;
  const room = (isRoomy ? roomy : 2) - (kiosk?.listening.state === 'ready' ? 1 : 0);
  const hasDoor =
    need === 'calculate' ||
    ((need === 'legal-aid' || need === 'draft' || need === 'human') && kiosk?.intakeOffered === true);
  const wanted = need !== null && hasDoor ? <WantedDoor need={need} /> : null;
  return (
    <>
      <Stage title={t(`handover.${screen.reason}.title`)} intro={t(`handover.${screen.reason}.detail`)}>
        <Urgent notice={screen.urgent} />
        <Repealed laws={screen.repealed} />
        <p className="plain-words">{t('handover.person')}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        {screen.suggestions.length + screen.guides.length > 0 && (
          <>
            <h2>{t('handover.near')}</h2>
            <FewCandidates list={screen.suggestions} guides={screen.guides} first={wanted} most={room} />
          </>
        )}
        {kiosk?.content.source === 'none' ? (
          <div className="grid one">
            <ContactsButton />
            <Press name="home" icon={House} tone="action" onPress={() => dispatch({ kind: 'home' })}>
              {t('home.back')}
            </Press>
          </div>
        ) : (
          <OwnWords again contacts />
        )}
      </Hands>
    </>
  );
}

export function Refused({ screen }: { screen: At<'refused'> }) {
  const { t } = useTranslation('screen');
  return (
    <>
      <Stage title={t(`refused.${screen.reason}.title`)} intro={t(`refused.${screen.reason}.detail`)} />
      <Hands label={t('answer.next')}>
        <OwnWords again />
      </Hands>
    </>
  );
}

/** Danger now: the numbers stand before everything else. */
export function Urgent({ notice }: { notice: UrgentNotice | null }) {
  const { t } = useTranslation('screen');
  if (!notice) return null;
  return (
    <section className="urgent" role="alert">
      <p>{t(`urgent.${notice.kind}`)}</p>
      <ul>
        {notice.numbers.map(({ number, name }) => (
          <li key={number}>
            <strong>{number}</strong>
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A few, all in sight, bigger: a person chooses here what the machine could not. A guide stands last, where there is room. */
export function FewCandidates({
  list,
  facts = {},
  guides,
  first = null,
  most,
}: {
  list: readonly Candidate[];
  /** By answer id: what would make it the right one; it then stands first, the title below it. */
  facts?: Readonly<Record<string, string>>;
  guides: readonly GuideHead[];
  /** What stands before them. */
  first?: ReactNode;
  /** How many there is room for; large letters leave room for three. */
  most?: number;
}) {
  const { visit, clerk } = useDesk();
  const room = (most ?? (visit.elder ? 3 : 4)) - (first === null ? 0 : 1);
  const shown = list.slice(0, room > 1 ? room - Math.min(guides.length, 1) : room);
  return (
    <div className="grid one">
      {first}
      {shown.map((candidate) => (
        <CandidateButton
          key={candidate.id}
          candidate={candidate}
          fact={facts[candidate.id]}
          className="roomy"
        />
      ))}
      {guides.slice(0, Math.min(1, room - shown.length)).map(({ id, title }) => (
        <Press
          key={id}
          name={`guide-${id}`}
          icon={ClipboardList}
          className="roomy"
          onPress={() => clerk.openGuide(id)}
        >
          {title}
        </Press>
      ))}
    </div>
  );
}

function CandidateButton({
  candidate,
  fact,
  className,
}: {
  candidate: Candidate;
  fact: string | undefined;
  className: string;
}) {
  const { clerk } = useDesk();
  return (
    <Press
      name={`candidate-${candidate.id}`}
      icon={topicIcon(candidate.topic)}
      className={className}
      {...(fact === undefined ? {} : { detail: candidate.title })}
      onPress={() => clerk.open(candidate.id, fact)}
    >
      {fact ?? candidate.title}
    </Press>
  );
}

/** By how many ways stand beside each other; four stand in two rows. */
const COLUMNS: Readonly<Record<number, string>> = { 1: 'one', 2: 'two', 3: 'three', 4: 'two' };

/** Ways on from a list: write it oneself, look through the topics, take the addresses along. */
export function OwnWords({
  again = false,
  contacts = false,
  children,
}: {
  again?: boolean;
  contacts?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation(['screen', 'voice']);
  const { dispatch, clerk, kiosk } = useDesk();
  const listens = kiosk?.listening.state === 'ready';
  return (
    <div className="own-words">
      <p className="hands-question">{t('own_words.question')}</p>
      <div
        className={`grid ${COLUMNS[1 + Number(again) * (listens ? 2 : 1) + Number(children !== undefined)]}`}
      >
        <Press
          name="ask"
          icon={PencilLine}
          tone="action"
          onPress={() => dispatch({ kind: 'went', to: { at: 'ask' } })}
        >
          {again ? t('own_words.again') : t('own_words.write')}
        </Press>
        {again && listens && (
          <Press
            name="speak"
            icon={Mic}
            onPress={() => dispatch({ kind: 'went', to: { at: 'speak', eager: true } })}
          >
            {t('voice:heard.again')}
          </Press>
        )}
        {again && (
          <Press name="browse" icon={Layers} onPress={clerk.browse}>
            {t('own_words.browse')}
          </Press>
        )}
        {children}
        {contacts && <ContactsButton />}
      </div>
    </div>
  );
}

/** The numbers that help, on paper; only where there is a printer. */
export function ContactsButton() {
  const { t } = useTranslation('screen');
  const { clerk, kiosk } = useDesk();
  return kiosk && kiosk.printer.state !== 'absent' ? (
    <Press
      name="print-contacts"
      icon={Printer}
      className="whole"
      onPress={() => clerk.preview({ kind: 'contacts' })}
    >
      {t('own_words.contacts')}
    </Press>
  ) : null;
}
