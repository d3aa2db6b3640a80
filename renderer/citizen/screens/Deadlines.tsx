import { useTranslation } from 'react-i18next';

import { daysBetween, isCalendarDate } from '../../../app/domain/calendar/index.ts';
import { formatInfo, isDeadline } from '../../../app/domain/compensation/index.ts';
import { useDesk } from '../desk.ts';
import { useSayings } from '../sayings.ts';
import type { Outcome } from '../visit.ts';

interface Deadline {
  /** Its words are `info.<key>` of calculator.json. */
  key: string;
  /** ISO days: when the time began to run, if that is known, and its last day. */
  from: string | null;
  until: string;
}

/** Every last day on the sheets, with the day from which its time ran as far as the sheet's answers say. */
export const deadlinesOf = (sheets: readonly Outcome[]): readonly Deadline[] =>
  sheets.flatMap(({ inputs, result }) =>
    Object.entries(result.ok ? result.value.info : {})
      .filter(([key]) => isDeadline(key))
      .map(([key, until]) => ({ key, from: beginOf(key, inputs), until: String(until) })),
  );

/** The input from which the time of each result runs. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  employer_apply_by: ['start_date'],
  person_apply_by: ['start_date'],
  arbitrate_by: ['relation_end_date'],
  claim_by: ['tort_date', 'accident_date', 'last_day', 'due_date'],
};

function beginOf(key: string, inputs: Outcome['inputs']): string | null {
  const day = BEGINNINGS[key]?.map((field) => inputs[field]).find((value) => value !== undefined);
  return typeof day === 'string' && isCalendarDate(day) ? day : null;
}

/** A time limit as a line with today on it; never red alone, the words say it too. */
export function DeadlineLine({ deadline }: { deadline: Deadline }) {
  const { t } = useTranslation('screen');
  const { today } = useDesk();
  const sayings = useSayings();
  const { key, from, until } = deadline;
  const left = daysBetween(today, until);
  const passed = left < 0;
  const begin = from !== null && from < today ? from : null;
  const whole = begin === null ? 0 : daysBetween(begin, passed ? today : until);
  const place = (iso: string) =>
    begin === null || whole === 0 ? 0 : (daysBetween(begin, iso) / whole) * 100;
  return (
    <div className={passed ? 'deadline passed' : 'deadline'}>
      <p className="deadline-words">{formatInfo(key, until, sayings)}</p>
      {begin !== null && (
        <div
          className="deadline-line"
          style={
            {
              '--today': `${String(place(today))}%`,
              '--until': `${String(place(until))}%`,
            } as React.CSSProperties
          }
          aria-hidden
        >
          <span className="deadline-begin">{sayings.day(begin)}</span>
          <span className="deadline-today">{t('deadlines.today')}</span>
          <span className="deadline-mark" />
          <span className="deadline-until">{sayings.day(until)}</span>
        </div>
      )}
      <p className="deadline-left">
        {passed
          ? `${t('deadlines.passed', { days: -left })} ${sayings.say('deadline.passed')}`
          : `${t('deadlines.left', { days: left })} ${sayings.say('deadline.keep')}`}
      </p>
    </div>
  );
}
