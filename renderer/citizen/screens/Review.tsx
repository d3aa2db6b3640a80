import { Calculator, PenLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { interviews, summaryOf, type SummaryLine } from '../../../app/domain/interview/index.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import { answersOf } from '../interviews.ts';
import { useSayings } from '../sayings.ts';
import type { Screen } from '../visit.ts';

/** All answers at a glance, each with its way back, before anything is calculated. */
export function Review({ screen }: { screen: Extract<Screen, { at: 'review' }> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  const sayings = useSayings();
  const { interview } = screen;
  const lines = summaryOf(interviews[interview], answersOf(visit, interview), sayings);
  const change = (questionId: string) =>
    dispatch({ kind: 'went', to: { at: 'question', interview, questionId } });
  return (
    <>
      <Stage title={t('interview.review')} intro={t('interview.review_intro')}>
        <Pager sameAs={`review ${interview}`}>
          {lines.map((line, at) => (
            <div className="review-row" key={`${line.id} ${String(at)}`}>
              <div>
                <p className="review-question">{line.title}</p>
                <p className="review-answer">{said(line, t('list_separator'))}</p>
              </div>
              {line.kind === 'answer' && (
                <Press name={`change-${line.id}`} icon={PenLine} tone="quiet" onPress={() => change(line.id)}>
                  {t('change')}
                </Press>
              )}
            </div>
          ))}
        </Pager>
      </Stage>
      <Hands label={t('interview.review')}>
        <div className="grid one">
          <Press
            name="calculate"
            icon={Calculator}
            tone="action"
            className="tall"
            onPress={() => clerk.calculate(interview)}
          >
            {t('interview.calculate')}
          </Press>
        </div>
        <p className="hands-note">{t('interview.private')}</p>
      </Hands>
    </>
  );
}

const said = (line: SummaryLine, separator: string): string =>
  line.kind === 'answer' ? line.said : line.lines.map((field) => field.said).join(separator);
