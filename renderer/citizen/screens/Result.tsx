import { ChevronRight, PenLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import {
  formatWithheld,
  itemKey,
  type Calculation,
  type CalculationItem,
  type FormulaPart,
  type Translate,
  type UsedFigure,
} from '../../../app/domain/compensation/index.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import type { Outcome, Screen } from '../visit.ts';
import { article, day, yuan } from '../wording.ts';
import { DoneButton, PrintButton } from './AnswerScreens.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

const payers = ['FUND', 'EMPLOYER'] as const;

/** Who pays what, as far as the law and the answers say; every line opens to its proof. */
export function Result({ screen }: { screen: At<'result'> }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  const amounts = screen.outcomes.filter(({ calculator }) => calculator !== 'wi.deadlines');
  const deadlines = screen.outcomes.find(({ calculator }) => calculator === 'wi.deadlines');
  const outcome = amounts[screen.shown] ?? amounts[0];
  if (!outcome) return null;
  return (
    <>
      <Stage title={t('result.title')}>
        {amounts.length > 1 && (
          <div className="variants" role="group" aria-label={t('result.variants')}>
            {amounts.map(({ variant }, at) => (
              <Press
                key={variant}
                name={`variant-${variant ?? 'only'}`}
                chosen={outcome === amounts[at]}
                onPress={() => dispatch({ kind: 'showed', variant: at })}
              >
                {t(`result.variant.${variant ?? 'insured'}`)}
              </Press>
            ))}
          </div>
        )}
        {outcome.result.ok ? (
          <Amounts calculation={outcome.result.value} deadlines={deadlines} screen={screen} />
        ) : (
          <p className="problem">{t(`calculator:error.${outcome.result.failure.code}`)}</p>
        )}
        <p className="limits">{t('result.limits')}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid two first-whole">
          {outcome.result.ok && (
            <PrintButton
              slip={{ kind: 'calculation', calculator: outcome.calculator, inputs: outcome.inputs }}
            />
          )}
          <Press
            name="review"
            icon={PenLine}
            onPress={() => dispatch({ kind: 'went', to: { at: 'injuryReview' } })}
          >
            {t('result.change')}
          </Press>
          <DoneButton />
        </div>
        <p className="hands-note">{t('result.neutral')}</p>
      </Hands>
    </>
  );
}

interface AmountsProps {
  calculation: Calculation;
  deadlines: Outcome | undefined;
  screen: At<'result'>;
}

function Amounts({ calculation, deadlines, screen }: AmountsProps) {
  const { t } = useTranslation('screen');
  const { say, name } = useCalculatorWords();
  const { visit, dispatch } = useDesk();
  const stale = calculation.figures.filter((figure) => figure.stale);
  return (
    <>
      <Pager sameAs={`${String(screen.shown)}${calculation.calculator}`}>
        <div className="sum-up">
          <Totals calculation={calculation} />
          <PayerBar calculation={calculation} />
        </div>
        {stale.length > 0 && (
          <p className="stale" key="stale">
            {t('result.stale', { year: Math.min(...stale.map(({ statYear }) => statYear ?? Infinity)) })}
          </p>
        )}
        {calculation.items.map((item) => (
          <button
            type="button"
            className={`item payer-${item.payer}`}
            key={item.code}
            data-press={`item-${item.code}`}
            onClick={() => dispatch({ kind: 'went', to: { at: 'item', calculation, code: item.code } })}
          >
            <span className="item-name">{name(item.code)}</span>
            <span className="item-payer">{t(`result.payer.${item.payer}`)}</span>
            <span className="item-amount">
              {yuan(item.amountFen)}
              <small>{t(`result.freq.${item.freq}`)}</small>
            </span>
            <ChevronRight className="icon" aria-hidden />
          </button>
        ))}
        {calculation.withheld.map((item) => (
          <p className="withheld" key={item.code}>
            {formatWithheld(item, say)}
          </p>
        ))}
        {calculation.flags.map((flag) => (
          <p className="remark" key={flag}>
            {t(`calculator:flag.${flag}`)}
          </p>
        ))}
        {screen.remarks.map((remark) => (
          <p className="remark" key={remark}>
            {t(`calculator:remark.${remark}`)}
          </p>
        ))}
        {screen.missing.length > 0 && (
          <div className="depends">
            <h2>{t('result.missing')}</h2>
            <ul>
              {screen.missing.map((id) => (
                <li key={id}>{t(`calculator:missing.${id}`)}</li>
              ))}
            </ul>
          </div>
        )}
        {deadlines?.result.ok && (
          <div className="depends">
            <h2>{t('result.deadlines')}</h2>
            <ul>
              {Object.entries(deadlines.result.value.info).map(([key, value]) => (
                <li key={key}>{say(`info.${key}`, { value: day(String(value), visit.language) })}</li>
              ))}
            </ul>
          </div>
        )}
      </Pager>
    </>
  );
}

/** Once and monthly stand apart: they are never added. */
function Totals({ calculation }: { calculation: Calculation }) {
  const { t } = useTranslation('screen');
  const { onceFen, monthlyFen } = calculation.totals;
  return (
    <dl className="totals">
      {onceFen > 0 && (
        <div>
          <dt>{t('result.once')}</dt>
          <dd>
            {yuan(onceFen)} <small>{t('result.freq.once')}</small>
          </dd>
        </div>
      )}
      {monthlyFen > 0 && (
        <div>
          <dt>{t('result.monthly')}</dt>
          <dd>
            {yuan(monthlyFen)} <small>{t('result.freq.monthly')}</small>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** The one-off sum as one bar, a part for each payer, with the words on it. */
function PayerBar({ calculation }: { calculation: Calculation }) {
  const { t } = useTranslation('screen');
  const shares = payers
    .map((payer) => ({
      payer,
      fen: calculation.items
        .filter((item) => item.payer === payer && item.freq === 'once')
        .reduce((sum, item) => sum + item.amountFen, 0),
    }))
    .filter(({ fen }) => fen > 0);
  if (shares.length === 0) return null;
  return (
    <ul className="payer-bar">
      {shares.map(({ payer, fen }) => (
        <li key={payer} className={`payer-${payer}`} style={{ flexGrow: fen }}>
          <span>{t(`result.payer.${payer}`)}</span>
          <strong>{yuan(fen)}</strong>
        </li>
      ))}
    </ul>
  );
}

/** One line opened: the formula with its numbers, the articles, the figures with year and source. */
export function Item({ screen }: { screen: At<'item'> }) {
  const { t } = useTranslation('screen');
  const { name, say } = useCalculatorWords();
  const { dispatch } = useDesk();
  const item = screen.calculation.items.find(({ code }) => code === screen.code);
  if (!item) return null;
  const figures = screen.calculation.figures.filter(({ key }) => item.figureKeys.includes(key));
  return (
    <>
      <Stage title={name(item.code)}>
        <p className={`item-head payer-${item.payer}`}>
          <strong>{yuan(item.amountFen)}</strong> {t(`result.freq.${item.freq}`)}
          <span>{t(`result.pays.${item.payer}`)}</span>
        </p>
        <Pager sameAs={item.code}>
          <Formula item={item} />
          {item.notes.map((note) => (
            <p className="remark" key={note}>
              {say(`note.${note}`)}
            </p>
          ))}
          <div className="citation">
            <h2>{t('result.basis')}</h2>
            {item.basis.map((basis) => (
              <p key={basis.law + basis.article}>
                {t('basis.cite', { law: basis.law, article: article(basis.article) })}
              </p>
            ))}
          </div>
          {figures.map((figure) => (
            <Figure key={figure.key + String(figure.statYear)} figure={figure} />
          ))}
        </Pager>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <Press name="to-result" tone="action" onPress={() => dispatch({ kind: 'back' })}>
            {t('result.back')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

function Formula({ item }: { item: CalculationItem }) {
  const { t } = useTranslation('screen');
  const { say, name } = useCalculatorWords();
  return (
    <div className="formula">
      <h2>{t('result.formula')}</h2>
      <ol>
        {item.formula.map((part, at) => (
          <li key={`${String(at)}${part.term}`}>
            <span className="operator">{part.operator ?? ''}</span>
            <span>{part.term === part.unit ? '' : say(`term.${part.term}`)}</span>
            <strong>{say(`unit.${part.unit}`, { value: amount(part) })}</strong>
          </li>
        ))}
        <li className="sum">
          <span className="operator">=</span>
          <span>{name(item.code)}</span>
          <strong>
            {yuan(item.amountFen)} {t('unit.yuan')}
          </strong>
        </li>
      </ol>
    </div>
  );
}

/** Money with thousands; everything else as it is. */
const amount = ({ unit, value }: FormulaPart) =>
  unit === 'yuan' ? yuan(Math.round(Number(value) * 100)) : value;

function Figure({ figure }: { figure: UsedFigure }) {
  const { t } = useTranslation('screen');
  return (
    <div className="figure">
      <h2>{t(`calculator:figure.${figure.key}`)}</h2>
      <p>
        {t('result.figure', {
          year: figure.statYear ?? '',
          value: figure.value.toLocaleString('en-US'),
          unit: t(`calculator:figure_unit.${figure.unit}`),
        })}
      </p>
      <p className="aside">{t('result.source', { source: figure.source })}</p>
      {figure.grade === 'C' && <p className="stale">{t('result.grade_c')}</p>}
      {figure.stale && (
        <p className="stale">{t('result.figure_stale', { year: figure.requiredYear ?? '' })}</p>
      )}
    </div>
  );
}

/** Words of calculator.json. */
function useCalculatorWords(): { say: Translate; name: (code: string) => string } {
  const { t } = useTranslation('calculator');
  const say: Translate = (key, values) => t(key, values ?? {});
  const name = (code: string) => {
    const { key, position } = itemKey(code);
    return say(key, position === null ? {} : { position });
  };
  return { say, name };
}
