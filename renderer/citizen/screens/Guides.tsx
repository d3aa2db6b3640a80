import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { GuideHead } from '../../../app/contract/consult.ts';
import { familyIcon } from '../../components/topicIcon.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { Choices, Lines, Tiles } from '../../layout/Shelves.tsx';
import { useDesk } from '../desk.ts';
import type { Screen } from '../visit.ts';
import {
  BasisButton,
  calls,
  DoneButton,
  PlaceLine,
  PrintButton,
  Standing,
  steps,
  UnsolvedButton,
  WaysOn,
} from './AnswerScreens.tsx';
import { OwnWords } from './Asking.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** 办事指南: which office it is about. */
export function Families({ screen }: { screen: At<'families'> }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  const tiles = screen.families.map((family) => (
    <Press
      key={family.family}
      name={`family-${family.family}`}
      icon={familyIcon(family.family)}
      className="tile"
      onPress={() => dispatch({ kind: 'went', to: { at: 'family', family } })}
    >
      {family.title}
    </Press>
  ));
  return (
    <Choices
      title={t('guides.title')}
      intro={t('guides.intro')}
      list={<Tiles sameAs="families" tiles={tiles} />}
      ways={<FindGuides />}
    />
  );
}

export function Family({ screen }: { screen: At<'family'> }) {
  const { t } = useTranslation('screen');
  const { family, title, guides } = screen.family;
  return (
    <Choices
      title={title}
      intro={t('guides.which')}
      list={<GuideLines guides={guides} sameAs={family} />}
      ways={<FindGuides />}
    />
  );
}

export function FoundGuides({ screen }: { screen: At<'foundGuides'> }) {
  const { t } = useTranslation('screen');
  const { query, guides } = screen;
  return (
    <Choices
      title={guides.length > 0 ? t('guides.found') : t('guides.none')}
      intro={t('find.sought', { words: query })}
      list={<GuideLines guides={guides} sameAs={query} />}
      ways={<FindGuides />}
    />
  );
}

function GuideLines({ guides, sameAs }: { guides: readonly GuideHead[]; sameAs: string }) {
  const { clerk } = useDesk();
  return (
    <Lines
      sameAs={sameAs}
      lines={guides.map(({ id, title, family }) => (
        <Press key={id} name={`guide-${id}`} icon={familyIcon(family)} onPress={() => clerk.openGuide(id)}>
          {title}
        </Press>
      ))}
    />
  );
}

function FindGuides() {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  return (
    <OwnWords>
      <Press
        name="find-guide"
        icon={Search}
        onPress={() => dispatch({ kind: 'went', to: { at: 'find', what: 'guides' } })}
      >
        {t('guides.find')}
      </Press>
    </OwnWords>
  );
}

/** What it gets one, who may, what to bring, the way, and what it takes. */
export function GuideScreen({ screen }: { screen: At<'guide'> }) {
  const { t } = useTranslation('screen');
  const { guide } = screen;
  const { title, citations, reviewedOn } = guide;
  const slip = { kind: 'guide', guideId: guide.id } as const;
  return (
    <>
      <Stage title={title}>
        <Pager sameAs={guide.id}>
          <p className="plain-words">{guide.summary}</p>
          <Terms
            terms={[
              ['time', guide.timeLimit],
              ['fee', guide.fee],
            ]}
          />
          {listed(t('guides.conditions'), 'plain-list', guide.conditions)}
          {listed(
            t('guides.materials'),
            'tick-list',
            guide.materials.map(({ what, note }) => (
              <>
                {what}
                {note !== null && <span className="tick-note">{note}</span>}
              </>
            )),
          )}
          <h2>{t('guides.steps')}</h2>
          {steps(guide.steps)}
          <section className="guide-part">
            <h2>{t('guides.where')}</h2>
            <p>{guide.where}</p>
            {guide.place !== null && <PlaceLine place={guide.place} />}
          </section>
          <Terms
            terms={[
              ['result', guide.result],
              ['refused', guide.ifRefused],
            ]}
          />
          {calls(guide.actions)}
        </Pager>
        <Standing of={guide} />
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid two">
          <PrintButton slip={slip} />
          <BasisButton basis={{ title, citations, reviewedOn, slip }} />
          <WaysOn actions={guide.actions} />
          <UnsolvedButton kind="guide" id={guide.id} />
          <DoneButton />
        </div>
      </Hands>
    </>
  );
}

/** A list with its heading, each item a block, so that pages turn between them and the heading stays with the first. */
const listed = (title: string, className: 'plain-list' | 'tick-list', items: readonly ReactNode[]) =>
  items.map((item, at) => (
    <section className="guide-part" key={`${title} ${at}`}>
      {at === 0 && <h2>{title}</h2>}
      <ul className={className}>
        <li>{item}</li>
      </ul>
    </section>
  ));

type Term = 'time' | 'fee' | 'result' | 'refused';

function Terms({ terms }: { terms: readonly (readonly [Term, string])[] }) {
  const { t } = useTranslation('screen');
  return (
    <dl className="terms">
      {terms.map(([name, words]) => (
        <div key={name}>
          <dt>{t(`guides.${name}`)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
