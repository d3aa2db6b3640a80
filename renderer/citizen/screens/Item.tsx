import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { articleInDigits } from '../../../app/domain/article.ts';
import type { CalculationItem, FormulaPart, UsedFigure } from '../../../app/domain/compensation/index.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import { useSayings } from '../sayings.ts';
import type { Screen } from '../visit.ts';
import { yuan } from '../wording.ts';

/** One line opened: the formula with its numbers, the articles, the figures with year and source. */
export function Item({ screen }: { screen: Extract<Screen, { at: 'item' }> }) {
  const { t } = useTranslation('screen');
  const { name, say } = useSayings();
  const { dispatch } = useDesk();
  const formula = useFormula();
  const { item, calculation } = screen;
  const figures = calculation.figures.filter(({ key }) => item.figureKeys.includes(key));
  return (
    <>
      <Stage title={name(item.code)}>
        <p className={`item-head payer-${item.payer}`}>
          <strong>{yuan(item.amountFen)}</strong> {t(`result.freq.${item.freq}`)}
          <span>{say(`payer.${item.payer}`)}</span>
        </p>
        <Pager sameAs={item.code}>
          {formula(item, name(item.code))}
          {item.steps?.map((step) => formula(step, name(step.code)))}
          {item.notes.map((note) => (
            <p className="remark" key={note}>
              {say(`note.${note}`)}
            </p>
          ))}
          <div className="citation">
            <h2>{t('result.basis')}</h2>
            {item.basis.map((basis) => (
              <p key={basis.law + basis.article}>
                {t('basis.cite', { law: basis.law, article: articleInDigits(basis.article) })}
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

/** A formula as a column of its parts, each a block of its own: the operator, what it is, how much. */
function useFormula(): (
  of: Pick<CalculationItem, 'code' | 'formula' | 'amountFen'>,
  sum: string,
) => readonly ReactNode[] {
  const { t } = useTranslation('screen');
  const { say } = useSayings();
  return ({ code, formula, amountFen }, sum) => [
    <h2 key={`${code} heading`}>{t('result.formula')}</h2>,
    ...formula.map((part, at) => (
      <p className="formula" key={`${code} ${String(at)}`}>
        <span className="operator">{part.operator ?? ''}</span>
        <span>{part.term === part.unit ? '' : say(`term.${part.term}`)}</span>
        <strong>{say(`unit.${part.unit}`, { value: amount(part) })}</strong>
      </p>
    )),
    <p className="formula sum" key={`${code} sum`}>
      <span className="operator">=</span>
      <span>{sum}</span>
      <strong>
        {yuan(amountFen)} {t('unit.yuan')}
      </strong>
    </p>,
  ];
}

/** Money with thousands; everything else as it is. */
const amount = ({ unit, value }: FormulaPart) =>
  unit === 'yuan' ? yuan(Math.round(Number(value) * 100)) : value;

function Figure({ figure }: { figure: UsedFigure }) {
  const { t } = useTranslation('screen');
  const { say } = useSayings();
  const { statYear, requiredYear } = figure;
  const value = figure.value.toLocaleString('en-US');
  const unit = say(`figure_unit.${figure.unit}`);
  const name = say(`figure.${figure.key}`);
  if (figure.grade === 'T') return <p className="stale">{say('standard_typed', { name, value, unit })}</p>;
  return (
    <div className="figure">
      <h2>{name}</h2>
      <p>{statYear === null ? `${value} ${unit}` : t('result.figure', { year: statYear, value, unit })}</p>
      <p className="aside">{t('result.source', { source: figure.source, grade: figure.grade })}</p>
      {figure.grade === 'C' && <p className="stale">{t('result.grade_c')}</p>}
      {figure.stale && (
        <p className="stale">
          {requiredYear === null ? say('stale_in_force') : t('result.figure_stale', { year: requiredYear })}
        </p>
      )}
    </div>
  );
}
