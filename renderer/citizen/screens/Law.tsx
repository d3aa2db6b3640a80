import { BookOpenText, ChevronLeft, ChevronRight, Search, TriangleAlert, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { articleInDigits } from '../../../app/domain/article.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Keyboard } from '../../keyboard/index.ts';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { Choices, Lines } from '../../layout/Shelves.tsx';
import { useDesk } from '../desk.ts';
import type { Screen, Searched } from '../visit.ts';
import { day } from '../wording.ts';
import { PrintButton } from './AnswerScreens.tsx';
import { OwnWords, Written } from './Asking.tsx';
import { Repealed } from './Repealed.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** The law behind an answer or guide: law, article, version, what it says in our own words; its text one touch away where the pack has it. */
export function Basis({ screen }: { screen: At<'basis'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk, kiosk } = useDesk();
  const { title, citations, reviewedOn, slip } = screen.basis;
  return (
    <>
      <Stage title={t('basis.title')} intro={title}>
        <Pager sameAs={title}>
          {citations.map(({ law, article, gist, version }) => (
            <article className="citation" key={law + article}>
              <h2>{t('basis.cite', { law, article: articleInDigits(article) })}</h2>
              <p>{gist}</p>
              <div className="citation-foot">
                <p className="aside">{t('basis.version', { date: day(version, visit.language) })}</p>
                {kiosk?.content.statutes === true && (
                  <Press
                    name={`article-${law}-${article}`}
                    icon={BookOpenText}
                    onPress={() => clerk.readArticle({ law, article })}
                  >
                    {t('basis.read')}
                  </Press>
                )}
              </div>
            </article>
          ))}
        </Pager>
        <p className="limits">{t('basis.reviewed', { date: day(reviewedOn, visit.language) })}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <Press name="to-answer" icon={Undo2} onPress={() => dispatch({ kind: 'back' })}>
            {t('basis.back')}
          </Press>
          <FindLaw />
          <PrintButton slip={slip} />
        </div>
      </Hands>
    </>
  );
}

/** The words of one article, with its version, and the ways to its neighbours. */
export function Article({ screen }: { screen: At<'article'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  const { law, article, title, chapter, text, version, status, before, after } = screen.article;
  return (
    <>
      <Stage title={t('basis.cite', { law, article: articleInDigits(article) })} intro={chapter || undefined}>
        {status !== 'ok' && (
          <p className="risk" role="alert">
            <TriangleAlert className="icon" aria-hidden strokeWidth={1.75} />
            {t(`law.status.${status}`)}
          </p>
        )}
        <Pager sameAs={law + article}>
          {sentencesOf(text).map((sentence, at) => (
            <p className="law-text" key={at}>
              {sentence}
            </p>
          ))}
        </Pager>
        <p className="limits">{t('law.source', { title, date: day(version, visit.language) })}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid two">
          {before === null ? (
            <p className="no-more">{t('law.first')}</p>
          ) : (
            <Press name="article-before" icon={ChevronLeft} onPress={() => clerk.readArticle(before, true)}>
              {t('law.before', { article: articleInDigits(before.article) })}
            </Press>
          )}
          {after === null ? (
            <p className="no-more">{t('law.last')}</p>
          ) : (
            <Press
              name="article-after"
              icon={ChevronRight}
              className="icon-last"
              onPress={() => clerk.readArticle(after, true)}
            >
              {t('law.after', { article: articleInDigits(after.article) })}
            </Press>
          )}
          <FindLaw />
          <Press name="to-answer" icon={Undo2} tone="action" onPress={() => dispatch({ kind: 'back' })}>
            {t('law.back')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

/** Longest stretch of an article's text that stands on one page for sure, in characters. */
const LONGEST = 90;

/** An article's text in pieces that pages can turn between. */
function sentencesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const pieces: string[] = [];
    for (const sentence of line.split(/(?<=[。；：])/u)) {
      const last = pieces.at(-1);
      if (last !== undefined && last.length + sentence.length <= LONGEST)
        pieces[pieces.length - 1] = last + sentence;
      else pieces.push(sentence);
    }
    return pieces;
  });
}

/** Looking up guides or statutes by words. */
export function Find({ screen }: { screen: At<'find'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  const { what } = screen;
  return (
    <>
      <Stage title={t(`find.${what}.title`)} intro={t(`find.${what}.intro`)}>
        <Written text={visit.search} placeholder={t('ask.placeholder')} />
        {visit.search === '' && (
          <ul className="examples">
            {(['first', 'second', 'third'] as const).map((example) => (
              <li key={example}>{t(`find.${what}.example.${example}`)}</li>
            ))}
          </ul>
        )}
      </Stage>
      <Hands label={t(`find.${what}.title`)}>
        <Keyboard
          key={visit.language}
          mode={visit.language === 'zh-CN' ? 'pinyin' : 'latin'}
          value={visit.search}
          onChange={(search) => dispatch({ kind: 'searched', search })}
          onDone={(search) => {
            dispatch({ kind: 'searched', search });
            if (search.trim() !== '') clerk.find(what, search);
          }}
          doneLabel={t('find.done')}
          maxLength={LONGEST_SEARCH}
        />
      </Hands>
    </>
  );
}

/** The longest search the core takes; the number stands in the contract (MAX_SEARCH_LENGTH), which brings zod with it. */
const LONGEST_SEARCH = 100;

export function FoundArticles({ screen }: { screen: At<'foundArticles'> }) {
  const { t } = useTranslation('screen');
  const { clerk } = useDesk();
  const { query, hits, repealed } = screen;
  const lines = hits.map(({ law, article, begins, check }) => (
    <Press
      key={law + article}
      name={`article-${law}-${article}`}
      {...(check ? { icon: TriangleAlert } : {})}
      detail={check ? t('law.maybe_changed', { begins }) : begins}
      onPress={() => clerk.readArticle({ law, article })}
    >
      {t('basis.cite', { law, article: articleInDigits(article) })}
    </Press>
  ));
  return (
    <Choices
      title={hits.length > 0 ? t('law.found') : t('law.none')}
      intro={t('find.sought', { words: query })}
      list={
        <>
          <Repealed laws={repealed} />
          <Lines sameAs={query} lines={lines} />
        </>
      }
      ways={
        <OwnWords>
          <FindLaw />
        </OwnWords>
      }
    />
  );
}

/** Said plainly: this machine has no statute texts, or not this one. */
export function NoArticle({ screen }: { screen: At<'noArticle'> }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  const { reason, name } = screen;
  return (
    <>
      <Stage
        title={t(`law.${reason}.title`)}
        intro={
          name === null
            ? undefined
            : t('basis.cite', { law: name.law, article: articleInDigits(name.article) })
        }
      >
        <p className="plain-words">{t(`law.${reason}.detail`)}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <Press name="to-answer" icon={Undo2} tone="action" onPress={() => dispatch({ kind: 'back' })}>
            {t('law.back')}
          </Press>
          {reason === 'unknown' && <FindLaw />}
        </div>
      </Hands>
    </>
  );
}

/** Only where the pack has texts that could be found. */
function FindLaw() {
  const { t } = useTranslation('screen');
  const { dispatch, kiosk } = useDesk();
  const what: Searched = 'statutes';
  if (kiosk?.content.statutes !== true) return null;
  return (
    <Press name="find-law" icon={Search} onPress={() => dispatch({ kind: 'went', to: { at: 'find', what } })}>
      {t('law.find')}
    </Press>
  );
}
