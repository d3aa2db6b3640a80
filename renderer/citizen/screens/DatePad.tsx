import { CalendarCheck, ChevronDown, ChevronUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { NumberPad } from '../../components/NumberPad.tsx';
import { Press } from '../../components/Press.tsx';
import { useDesk } from '../desk.ts';

const parts = ['year', 'month', 'day'] as const;
type Part = (typeof parts)[number];
type Parts = Record<Part, string>;

interface DatePadProps {
  /** ISO date or empty. */
  initial: string;
  onChange: () => void;
  /** An ISO date, or something that is none when the boxes are not full. */
  onDone: (iso: string) => void;
  /** 不清楚, where it is an answer. */
  unknown: ReactNode;
}

/**
 * A day in three boxes, turned like wheels or typed with big keys; each box passes on to the next when it is full. Turning
 * begins at today.
 */
export function DatePad({ initial, onChange, onDone, unknown }: DatePadProps) {
  const { t } = useTranslation('screen');
  const { today } = useDesk();
  const [date, setDate] = useState<Parts>(() => split(initial));
  const [at, setAt] = useState<Part>('year');
  const length = at === 'year' ? 4 : 2;

  const set = (next: Parts) => {
    onChange();
    setDate(next);
  };
  const type = (value: string) => {
    set({ ...date, [at]: value });
    if (value.length > date[at].length && isFull(at, value)) setAt(at === 'year' ? 'month' : 'day');
  };
  const done = () => {
    const open = parts.find((part) => date[part] === '');
    if (open) setAt(open);
    else onDone(`${date.year}-${date.month.padStart(2, '0')}-${date.day.padStart(2, '0')}`);
  };
  const wheel = (part: Part, by: 1 | -1) => (
    <button
      type="button"
      className="press quiet wheel"
      data-press={`date-${part}-${by === 1 ? 'later' : 'earlier'}`}
      aria-label={t(by === 1 ? 'date.later' : 'date.earlier', { part: t(`date.${part}`) })}
      onClick={() => {
        setAt(part);
        set({ ...date, [part]: turned(part, date[part], by, split(today)[part]) });
      }}
    >
      {by === 1 ? <ChevronUp className="icon" aria-hidden /> : <ChevronDown className="icon" aria-hidden />}
    </button>
  );

  return (
    <div className="date-pad">
      <div className="date-boxes">
        {parts.map((part) => (
          <div className="date-wheel" key={part}>
            {wheel(part, 1)}
            <button
              type="button"
              className="date-box"
              data-press={`date-${part}`}
              aria-pressed={part === at}
              onClick={() => {
                setAt(part);
                setDate({ ...date, [part]: '' });
              }}
            >
              <output>{date[part] === '' ? '–' : date[part]}</output>
              <span>{t(`date.${part}`)}</span>
            </button>
            {wheel(part, -1)}
          </div>
        ))}
      </div>
      <NumberPad
        value={date[at]}
        onChange={type}
        onDone={done}
        maxLength={length}
        beside={unknown}
        corner={
          <Press
            name="date-today"
            icon={CalendarCheck}
            tone="quiet"
            className="stacked"
            onPress={() => set(split(today))}
          >
            {t('date.today')}
          </Press>
        }
      />
    </div>
  );
}

const ranges: Readonly<Record<Part, readonly [number, number]>> = {
  year: [1900, 2100],
  month: [1, 12],
  day: [1, 31],
};

/** The next value of a wheel: months and days go round, an empty one begins at today. */
function turned(part: Part, value: string, by: 1 | -1, today: string): string {
  if (value === '') return String(Number(today));
  const [first, last] = ranges[part];
  const next = Number(value) + by;
  if (part === 'year') return String(Math.min(last, Math.max(first, next)));
  return String(next < first ? last : next > last ? first : next);
}

/** A box is full with all its digits, or when no second digit can follow (months from 2, days from 4). */
function isFull(part: Part, value: string): boolean {
  if (part === 'year') return value.length === 4;
  return value.length === 2 || Number(value) > (part === 'month' ? 1 : 3);
}

function split(iso: string): Parts {
  const [year = '', month = '', day = ''] = iso.split('-');
  return { year, month, day };
}
