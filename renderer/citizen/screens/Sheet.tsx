import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import {
  claimOf,
  formatInfo,
  formatWithheld,
  isDeadline,
  sharesOf,
  type Calculation,
  type CalculationItem,
  type UsedFigure,
} from '../../../app/domain/compensation/index.ts';
import { useDesk } from '../desk.ts';
import { useSayings } from '../sayings.ts';
import type { Outcome } from '../visit.ts';
import { yuan } from '../wording.ts';
import { PayerBar, SIDE_BY_SIDE } from './PayerBar.tsx';

/** The blocks of one sheet, to be laid out on pages: the sums, warnings, every item, and what is lacking. */
export function useSheetBlocks(): (outcome: Outcome, named: boolean) => ReactNode[] {
  const { t } = useTranslation('screen');
  const sayings = useSayings();
  const { say } = sayings;
  return ({ calculator, result }, named) => {
    const heading = named ? [<h2 key={calculator}>{t(`result.sheet.${calculator}`)}</h2>] : [];
    if (!result.ok)
      return [
        ...heading,
        <p className="problem" key={`${calculator} failed`}>
          {say(`error.${result.failure.code}`)}
        </p>,
      ];
    const calculation = result.value;
    const note = (key: string, words: string, kind = 'remark') => (
      <p className={kind} key={`${calculator} ${key}`}>
        {words}
      </p>
    );
    const outcome = calculation.info['result'];
    return [
      ...heading,
      ...(outcome === undefined
        ? []
        : [note('result', formatInfo('result', outcome, sayings), 'plain-words')]),
      ...(calculation.items.length === 0 && outcome !== undefined ? [] : sumBlocks(calculation)),
      ...staleWords(calculation, say).map((words) => note(words, words, 'stale')),
      ...calculation.items.map((item) => (
        <ItemLine key={`${calculator} ${item.code} ${item.payer}`} calculation={calculation} item={item} />
      )),
      ...infoOf(calculation).map(([key, value]) => note(key, formatInfo(key, value, sayings), 'info-line')),
      ...calculation.withheld.map((item) => note(item.code, formatWithheld(item, say), 'withheld')),
      ...calculation.figures
        .filter(({ grade }) => grade === 'T')
        .map((figure) => note(figure.key, typedWords(figure, say), 'stale')),
      ...calculation.flags.map((flag) => note(flag, say(`flag.${flag}`))),
    ];
  };
}

/** Results that are no amounts and stand nowhere else on the screen. */
const infoOf = ({ info }: Calculation) =>
  Object.entries(info).filter(([key]) => key !== 'result' && !isDeadline(key));

/** The banners for figures older than the law asks for, one a year. */
function staleWords({ figures }: Calculation, say: ReturnType<typeof useSayings>['say']): readonly string[] {
  const years = figures.filter(({ stale }) => stale).map(({ statYear }) => statYear);
  return [...new Set(years)].map((year) => (year === null ? say('stale_in_force') : say('stale', { year })));
}

/** A figure that somebody typed in: said on the result already, so that nobody takes it for the table's. */
const typedWords = ({ key, value, unit }: UsedFigure, say: ReturnType<typeof useSayings>['say']): string =>
  say('standard_typed', {
    name: say(`figure.${key}`),
    value: value.toLocaleString('en-US'),
    unit: say(`figure_unit.${unit}`),
  });

/** The sums with the bar of who pays: together where it is one line, else the bar by itself; in words where there is nothing. */
function sumBlocks(calculation: Calculation): ReactNode[] {
  const { calculator, withheld } = calculation;
  const { onceFen, monthlyFen, ownFen } = claimOf(calculation);
  if (onceFen + monthlyFen + ownFen === 0)
    return [<Nothing key={`${calculator} nothing`} open={withheld.length > 0} />];
  const bar = <PayerBar key={`${calculator} bar`} calculation={calculation} />;
  const payers = sharesOf(calculation).length;
  if (payers > 0 && payers <= SIDE_BY_SIDE)
    return [
      <Sums key={`${calculator} sums`} calculation={calculation}>
        {bar}
      </Sums>,
    ];
  return [<Sums key={`${calculator} sums`} calculation={calculation} />, ...(payers > 0 ? [bar] : [])];
}

/** No bare nought: either something is still lacking, or the law gives nothing, and what follows says why. */
function Nothing({ open }: { open: boolean }) {
  const { t } = useTranslation('screen');
  return <p className="plain-words">{t(open ? 'result.not_yet' : 'result.nothing')}</p>;
}

/** What can be claimed, once and monthly apart: they are never added. */
function Sums({ calculation, children }: { calculation: Calculation; children?: ReactNode }) {
  const { t } = useTranslation('screen');
  const { onceFen, monthlyFen, ownFen } = claimOf(calculation);
  const sums = (
    [
      ['once', onceFen],
      ['monthly', monthlyFen],
      ['own', ownFen],
    ] as const
  ).filter(([kind, fen]) => fen > 0 || (kind === 'once' && monthlyFen === 0));
  return (
    <div className="sum-up">
      <dl className="totals">
        {sums.map(([kind, fen]) => (
          <div key={kind} className={kind}>
            <dt>{t(`result.${kind}`)}</dt>
            <dd>
              {yuan(fen)} <small>{t(`result.freq.${kind === 'monthly' ? 'monthly' : 'once'}`)}</small>
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}

function ItemLine({ calculation, item }: { calculation: Calculation; item: CalculationItem }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  const { name } = useSayings();
  return (
    <button
      type="button"
      className={`item payer-${item.payer}`}
      data-press={`item-${item.code}`}
      onClick={() => dispatch({ kind: 'went', to: { at: 'item', calculation, item } })}
    >
      <span className="item-name">{name(item.code)}</span>
      <span className="item-payer">{t(`result.payer.${item.payer}`)}</span>
      <span className="item-amount">
        {yuan(item.amountFen)}
        <small>{t(`result.freq.${item.freq}`)}</small>
      </span>
      <ChevronRight className="icon" aria-hidden />
    </button>
  );
}
