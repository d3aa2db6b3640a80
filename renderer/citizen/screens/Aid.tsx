import { Check, House, PenLine, Send, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { LegalAidCircumstance, LegalAidMatter } from '../../../app/contract/intake.ts';
import { Door } from '../../components/Door.tsx';
import { NumberPad } from '../../components/NumberPad.tsx';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Keyboard } from '../../keyboard/index.ts';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { afterAidStep, aidPapers, aidProgress, aidStepComplete, lackingAidStep, toggled } from '../aid.ts';
import { useDesk } from '../desk.ts';
import type { AidDraft, AidStep, Screen } from '../visit.ts';
import { masked, phoneGroups } from '../wording.ts';
import { DoneButton, PrintButton } from './AnswerScreens.tsx';
import { Written } from './Asking.tsx';
import { CardReading } from './CardReading.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

const matters: readonly LegalAidMatter[] = [
  'wages',
  'work_injury',
  'social_insurance',
  'maintenance',
  'injury_damages',
  'domestic_violence',
  'state_compensation',
  'bravery',
  'environment',
  'criminal_defence',
  'other',
];
const circumstances: readonly LegalAidCircumstance[] = [
  'minimum_living_allowance',
  'disabled_no_income',
  'migrant_worker',
  'special_care',
  'elderly_no_income',
  'minor',
  'none',
];

/** Before anything is asked: what will be kept, what for, who reads it. */
export function AidConsent() {
  const { t } = useTranslation('screen');
  const { dispatch, visit, kiosk } = useDesk();
  const cannotSave = kiosk?.journal.state === 'disk_full' || kiosk?.journal.state === 'unavailable';
  return (
    <>
      <Stage title={t('intake:consent.title')}>
        <div className="consent">
          <Door picture="hand" />
          <ul>
            {(['what', 'why', 'how', 'withdraw'] as const).map((part) => (
              <li key={part}>{t(`intake:consent.${part}`)}</li>
            ))}
          </ul>
        </div>
        {cannotSave && (
          <p className="problem" role="alert">
            {t('aid.cannot_save')}
          </p>
        )}
      </Stage>
      <Hands label={t('aid.consent')}>
        <div className="grid one">
          <Press
            name="consent"
            icon={Check}
            tone="jade"
            className="tall"
            onPress={() =>
              dispatch({
                kind: 'went',
                to:
                  visit.aid.name === ''
                    ? { at: 'aid', step: 'identity', changing: false }
                    : { at: 'aidReview' },
              })
            }
          >
            {t('intake:consent.agree')}
          </Press>
          <Press name="decline" icon={Undo2} className="tall" onPress={() => dispatch({ kind: 'back' })}>
            {t('intake:consent.decline')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

/** One field a screen. */
export function AidQuestion({ screen }: { screen: At<'aid'> }) {
  const { visit, dispatch } = useDesk();
  const [refused, setRefused] = useState(false);
  const { step, changing } = screen;
  const next = (draft = visit.aid) => {
    if (aidStepComplete(draft, step)) dispatch({ kind: 'went', to: afterAidStep(draft, step, changing) });
    else setRefused(true);
  };
  const props = { step, refused, next, calm: () => setRefused(false) };
  switch (step) {
    case 'identity':
      return <CardReading onDone={(draft) => next({ ...visit.aid, ...draft })} />;
    case 'name':
    case 'address':
    case 'facts':
      return <TextField {...props} field={step} />;
    case 'idNumber':
    case 'phone':
      return <NumberField {...props} field={step} />;
    case 'matter':
      return <MatterField {...props} />;
    case 'circumstances':
      return (
        <SeveralField
          {...props}
          words="intake:circumstance"
          options={circumstances}
          chosen={visit.aid.circumstances}
          onToggle={(code) =>
            dispatch({ kind: 'filled', change: { circumstances: toggled(visit.aid.circumstances, code) } })
          }
        />
      );
    case 'papers':
      return (
        <SeveralField
          {...props}
          words="intake:paper"
          options={aidPapers}
          chosen={visit.aid.papers}
          onToggle={(code) =>
            dispatch({ kind: 'filled', change: { papers: toggled(visit.aid.papers, code) } })
          }
        />
      );
  }
}

interface FieldProps {
  step: AidStep;
  refused: boolean;
  /** Without a draft, the one on the desk. */
  next: (draft?: AidDraft) => void;
  calm: () => void;
}

function Heading({ step, refused }: { step: AidStep; refused: boolean }) {
  const { t, i18n } = useTranslation('screen');
  const { visit } = useDesk();
  const help = `aid.help.${step}`;
  // A question that the card answered has no place among those asked; it is only open for a change.
  const progress = aidProgress(visit.aid, step);
  return (
    <>
      {progress.position > 0 && <p className="progress">{t('interview.step', progress)}</p>}
      {i18n.exists(help, { ns: 'screen' }) && <p className="intro">{t(help)}</p>}
      {refused && (
        <p className="problem" role="alert">
          {t(`intake:invalid.${step}`)}
        </p>
      )}
    </>
  );
}

const longest = { name: 60, address: 100, facts: 500 } as const;

function TextField({ step, refused, next, calm, field }: FieldProps & { field: keyof typeof longest }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const fill = (text: string) => {
    calm();
    dispatch({ kind: 'filled', change: { [field]: text } });
  };
  return (
    <>
      <Stage title={t(`aid.ask.${step}`)}>
        <Heading step={step} refused={refused} />
        <Written text={visit.aid[field]} placeholder={t('aid.write')} />
      </Stage>
      <Hands label={t(`aid.ask.${step}`)}>
        <Keyboard
          key={visit.language}
          mode={visit.language === 'zh-CN' ? 'pinyin' : 'latin'}
          value={visit.aid[field]}
          onChange={fill}
          onDone={(text) => {
            fill(text);
            // The desk still holds the text without the letters that were open.
            next({ ...visit.aid, [field]: text });
          }}
          doneLabel={visit.aid[field] === '' && field !== 'name' ? t('aid.leave_out') : t('aid.next')}
          maxLength={longest[field]}
        />
      </Hands>
    </>
  );
}

function NumberField({ step, refused, next, calm, field }: FieldProps & { field: 'idNumber' | 'phone' }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const value = visit.aid[field];
  return (
    <>
      <Stage title={t(`aid.ask.${step}`)} asking>
        <Heading step={step} refused={refused} />
        <p className="entry digits">
          <output>{value === '' ? '–' : field === 'phone' ? phoneGroups(value) : value}</output>
        </p>
      </Stage>
      <Hands label={t(`aid.ask.${step}`)}>
        <NumberPad
          value={value}
          onChange={(typed) => {
            calm();
            dispatch({ kind: 'filled', change: { [field]: typed } });
          }}
          onDone={() => next()}
          maxLength={field === 'phone' ? 11 : 18}
          {...(field === 'idNumber' ? { extra: 'X' as const } : {})}
        />
      </Hands>
    </>
  );
}

function MatterField({ step, refused }: FieldProps) {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const { screen } = visit;
  const take = (matter: LegalAidMatter) => {
    dispatch({ kind: 'filled', change: { matter } });
    dispatch({
      kind: 'went',
      to: afterAidStep({ ...visit.aid, matter }, step, screen.at === 'aid' && screen.changing),
    });
  };
  return (
    <>
      <Stage title={t('aid.ask.matter')}>
        <Heading step={step} refused={refused} />
      </Stage>
      <Hands label={t('aid.ask.matter')} large>
        <Pager sameAs="matter">
          {matters.map((matter) => (
            <Press
              key={matter}
              name={`matter-${matter}`}
              className="wide"
              chosen={visit.aid.matter === matter}
              onPress={() => take(matter)}
            >
              {t(`intake:matter.${matter}`)}
            </Press>
          ))}
        </Pager>
      </Hands>
    </>
  );
}

interface SeveralProps<Code extends string> extends FieldProps {
  words: string;
  options: readonly Code[];
  chosen: readonly string[];
  onToggle: (code: Code) => void;
}

function SeveralField<Code extends string>(props: SeveralProps<Code>) {
  const { step, refused, next, calm, words, options, chosen, onToggle } = props;
  const { t } = useTranslation('screen');
  return (
    <>
      <Stage title={t(`aid.ask.${step}`)}>
        <Heading step={step} refused={refused} />
      </Stage>
      <Hands label={t(`aid.ask.${step}`)} large>
        <Pager sameAs={step}>
          {options.map((code) => (
            <Press
              key={code}
              name={`${step}-${code}`}
              className="wide several"
              chosen={chosen.includes(code)}
              onPress={() => {
                calm();
                onToggle(code);
              }}
            >
              {t([words, code].join('.'))}
            </Press>
          ))}
        </Pager>
        <Press name="next" icon={Check} tone="action" className="tall" onPress={() => next()}>
          {chosen.length > 0 ? t('aid.next_chosen', { number: chosen.length }) : t('aid.next')}
        </Press>
      </Hands>
    </>
  );
}

/** Everything once more, with the number masked for whoever stands behind, before it is handed in. */
export function AidReview() {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  const { aid } = visit;
  const lacking = lackingAidStep(aid);
  const rows: readonly (readonly [AidStep, string])[] = [
    ['name', aid.name],
    ['idNumber', masked(aid.idNumber)],
    ['phone', phoneGroups(aid.phone)],
    ['address', aid.address],
    ['matter', aid.matter ? t(`intake:matter.${aid.matter}`) : ''],
    [
      'circumstances',
      aid.circumstances.map((code) => t(`intake:circumstance.${code}`)).join(t('list_separator')),
    ],
    ['papers', aid.papers.map((code) => t(`intake:paper.${code}`)).join(t('list_separator'))],
    ['facts', aid.facts],
  ];
  return (
    <>
      <Stage title={t('aid.review')}>
        <Pager sameAs="aid-review">
          {rows.map(([step, value]) => (
            <div className="review-row" key={step}>
              <div>
                <p className="review-question">{t(`intake:field.${step}`)}</p>
                <p className="review-answer" data-private>
                  {value === '' ? t('aid.left_out') : value}
                </p>
              </div>
              <Press
                name={`change-${step}`}
                icon={PenLine}
                tone="quiet"
                onPress={() => dispatch({ kind: 'went', to: { at: 'aid', step, changing: true } })}
              >
                {t('change')}
              </Press>
            </div>
          ))}
        </Pager>
      </Stage>
      <Hands label={t('aid.review')}>
        <div className="grid one">
          {lacking ? (
            <Press
              name="fill-in"
              icon={PenLine}
              tone="action"
              className="tall"
              onPress={() => dispatch({ kind: 'went', to: { at: 'aid', step: lacking, changing: true } })}
            >
              {t('aid.fill_in', { field: t(`intake:field.${lacking}`) })}
            </Press>
          ) : (
            <Press name="submit" icon={Send} tone="jade" className="tall" onPress={clerk.submitAid}>
              {t('aid.submit')}
            </Press>
          )}
        </div>
        <p className="hands-note">{t('aid.submit_note')}</p>
      </Hands>
    </>
  );
}

/** Where the form is that was handed in: said as the core knows it, so that nothing is called delivered before it is. */
export function AidSaved({ screen }: { screen: At<'aidSaved'> }) {
  const { t } = useTranslation('screen');
  const delivered = useDelivered(screen.receiptNumber);
  return (
    <>
      <Stage
        title={t(delivered ? 'aid.delivered' : 'aid.saved')}
        intro={delivered ? undefined : t('intake:status.saved_not_sent')}
      >
        <Pager sameAs={screen.receiptNumber}>
          <p className="receipt-number">
            <span>{t('aid.receipt_number')}</span>
            <strong>{screen.receiptNumber}</strong>
          </p>
          <p>{t(delivered ? 'aid.delivered_next' : 'aid.saved_next')}</p>
          {screen.lackingPapers.length > 0 && (
            <div className="depends">
              <h2>{t('aid.still_lacking')}</h2>
              <ul>
                {screen.lackingPapers.map((code) => (
                  <li key={code}>{t(`intake:paper.${code}`)}</li>
                ))}
              </ul>
            </div>
          )}
        </Pager>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <PrintButton slip={{ kind: 'intake', receiptNumber: screen.receiptNumber }} />
          <DoneButton />
        </div>
      </Hands>
    </>
  );
}

/** Asks the core on arrival, and again with each state that the machine pushes: what the hub confirms comes with one. */
function useDelivered(receiptNumber: string): boolean {
  const { link, visit, kiosk } = useDesk();
  const { core } = link;
  const { sessionId } = visit;
  const [delivered, setDelivered] = useState(false);
  useEffect(() => {
    if (!core || !sessionId) return undefined;
    let wanted = true;
    core.intake
      .status({ sessionId, receiptNumber })
      .then(({ status }) => {
        // `unknown`: the journal cannot be read now, which changes nothing of what is known.
        if (wanted && status !== 'unknown') setDelivered(status === 'received');
      })
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [core, sessionId, receiptNumber, kiosk]);
  return delivered;
}

export function AidRefused({ screen }: { screen: At<'aidRefused'> }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  const fields = screen.fields.filter((field): field is AidStep => field !== 'identity');
  return (
    <>
      <Stage title={t('aid.refused')} intro={t(`intake:refused.${screen.reason}`)}>
        {fields.length > 0 && (
          <ul className="plain-list">
            {fields.map((field) => (
              <li key={field}>{t(`intake:invalid.${field}`)}</li>
            ))}
          </ul>
        )}
        <p className="person">{t('handover.person')}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          {(screen.reason === 'invalid_form' || screen.reason === 'cannot_save') && (
            <Press name="to-review" icon={PenLine} tone="action" onPress={() => dispatch({ kind: 'back' })}>
              {t(screen.reason === 'cannot_save' ? 'aid.try_again' : 'aid.look_again')}
            </Press>
          )}
          <Press name="home" icon={House} onPress={() => dispatch({ kind: 'home' })}>
            {t('home.back')}
          </Press>
        </div>
      </Hands>
    </>
  );
}
