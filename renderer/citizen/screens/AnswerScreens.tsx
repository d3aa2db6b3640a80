import {
  BookOpenText,
  Calculator,
  CircleCheckBig,
  HandHelping,
  MessageCircleQuestion,
  Phone,
  Printer,
  Undo2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { AnswerAction } from '../../../app/contract/consult.ts';
import type { Slip } from '../../../app/contract/receipt.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import { injuryScreen } from '../injury.ts';
import type { Screen } from '../visit.ts';
import { article, day } from '../wording.ts';
import { Urgent } from './Asking.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** The thing first, then the way in numbered steps, then what it depends on. */
export function AnswerScreen({ screen }: { screen: At<'answer'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const { answer, related, urgent } = screen;
  const calls = answer.actions.filter((action) => action.kind === 'call');
  return (
    <>
      <Stage title={answer.title}>
        <Urgent notice={urgent} />
        <Pager sameAs={answer.id}>
          <p className="plain-words">{answer.plain}</p>
          {answer.steps.map((step, at) => (
            <div className="step" key={step.do}>
              <span className="step-number">{at + 1}</span>
              <div>
                <p>{step.do}</p>
                {step.where !== null && (
                  <p className="step-where">{t('answer.where', { where: step.where })}</p>
                )}
                {step.deadline !== null && (
                  <p className="step-deadline">{t('answer.deadline', { deadline: step.deadline })}</p>
                )}
              </div>
            </div>
          ))}
          {calls.map(({ number, name }) => (
            <p className="call" key={number}>
              <Phone className="icon" aria-hidden strokeWidth={1.75} />
              <strong>{number}</strong>
              <span>{name}</span>
            </p>
          ))}
          {answer.dependsOn.length > 0 && (
            <div className="depends">
              <h2>{t('answer.depends')}</h2>
              <ul>
                {answer.dependsOn.map((fact) => (
                  <li key={fact}>{fact}</li>
                ))}
              </ul>
            </div>
          )}
        </Pager>
        {answer.stale && (
          <p className="stale">{t('answer.stale', { date: day(answer.reviewedOn, visit.language) })}</p>
        )}
        {visit.language !== 'zh-CN' && <p className="aside">{t('answer.in_chinese')}</p>}
        <p className="limits">{t('answer.limits')}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid two">
          <PrintButton slip={{ kind: 'answer', answerId: answer.id }} />
          <Press
            name="basis"
            icon={BookOpenText}
            onPress={() => dispatch({ kind: 'went', to: { at: 'basis', answer } })}
          >
            {t('answer.basis')}
          </Press>
          {answer.actions.map((action) => (
            <ActionButton key={JSON.stringify(action)} action={action} />
          ))}
          <RelatedButtons related={related} room={visit.elder ? 2 : 3} />
          <DoneButton />
        </div>
      </Hands>
    </>
  );
}

function RelatedButtons({
  related,
  room,
}: {
  related: readonly { id: string; title: string }[];
  room: number;
}) {
  const { clerk } = useDesk();
  return related.slice(0, room).map(({ id, title }) => (
    <Press key={id} name={`related-${id}`} icon={MessageCircleQuestion} onPress={() => clerk.open(id)}>
      {title}
    </Press>
  ));
}

function ActionButton({ action }: { action: AnswerAction }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk, kiosk } = useDesk();
  switch (action.kind) {
    case 'calculate':
      return (
        <Press
          name="act-calculate"
          icon={Calculator}
          onPress={() => dispatch({ kind: 'went', to: injuryScreen(visit.injury) })}
        >
          {t('answer.calculate')}
        </Press>
      );
    case 'intake':
      return kiosk?.intakeOffered === true ? (
        <Press
          name="act-intake"
          icon={HandHelping}
          onPress={() => dispatch({ kind: 'went', to: { at: 'aidConsent' } })}
        >
          {t('answer.intake')}
        </Press>
      ) : null;
    case 'answer':
      return (
        <Press
          name={`act-${action.answerId}`}
          icon={MessageCircleQuestion}
          onPress={() => clerk.open(action.answerId)}
        >
          {action.title}
        </Press>
      );
    case 'call':
      return null;
  }
}

/** Prints, or says honestly why this machine cannot. */
export function PrintButton({ slip }: { slip: Slip }) {
  const { t } = useTranslation('screen');
  const { clerk, kiosk } = useDesk();
  return kiosk?.printer.state === 'absent' ? (
    <p className="no-printer">{t('paper.absent')}</p>
  ) : (
    <Press name="print" icon={Printer} tone="action" onPress={() => clerk.preview(slip)}>
      {t('paper.take_along')}
    </Press>
  );
}

export function DoneButton() {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  return (
    <Press
      name="done"
      icon={CircleCheckBig}
      tone="jade"
      onPress={() => dispatch({ kind: 'went', to: { at: 'rate' } })}
    >
      {t('done')}
    </Press>
  );
}

/** The law behind the answer: law, article, version, and what it says in our own words. */
export function Basis({ screen }: { screen: At<'basis'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const { answer } = screen;
  return (
    <>
      <Stage title={t('basis.title')} intro={answer.title}>
        <Pager sameAs={answer.id}>
          {answer.citations.map((citation) => (
            <article className="citation" key={citation.law + citation.article}>
              <h2>{t('basis.cite', { law: citation.law, article: article(citation.article) })}</h2>
              <p>{citation.gist}</p>
              <p className="aside">{t('basis.version', { date: day(citation.version, visit.language) })}</p>
            </article>
          ))}
        </Pager>
        <p className="limits">{t('basis.reviewed', { date: day(answer.reviewedOn, visit.language) })}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <Press name="to-answer" icon={Undo2} onPress={() => dispatch({ kind: 'back' })}>
            {t('basis.back')}
          </Press>
          <PrintButton slip={{ kind: 'answer', answerId: answer.id }} />
        </div>
      </Hands>
    </>
  );
}
