import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { NumberPad } from '../../components/NumberPad.tsx';

const parts = ['year', 'month', 'day'] as const;
type Part = (typeof parts)[number];
type Parts = Record<Part, string>;

interface DatePadProps {
  /** ISO date or empty. */
  initial: string;
  onChange: () => void;
  /** An ISO date, or something that is none when the boxes are not full. */
  onDone: (iso: string) => void;
}

/** A day typed into three boxes with big keys; each box passes on to the next when it is full. */
export function DatePad({ initial, onChange, onDone }: DatePadProps) {
  const { t } = useTranslation('screen');
  const [date, setDate] = useState<Parts>(() => split(initial));
  const [at, setAt] = useState<Part>('year');
  const length = at === 'year' ? 4 : 2;

  const type = (value: string) => {
    onChange();
    setDate({ ...date, [at]: value });
    if (value.length > date[at].length && isFull(at, value)) setAt(at === 'year' ? 'month' : 'day');
  };
  const done = () => {
    const open = parts.find((part) => date[part] === '');
    if (open) setAt(open);
    else onDone(`${date.year}-${date.month.padStart(2, '0')}-${date.day.padStart(2, '0')}`);
  };

  return (
    <div className="date-pad">
      <div className="date-boxes">
        {parts.map((part) => (
          <button
            key={part}
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
        ))}
      </div>
      <NumberPad value={date[at]} onChange={type} onDone={done} maxLength={length} />
    </div>
  );
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
