import { Fragment } from 'react';
import type { ReactNode } from 'react';

import { wholeWords } from './whole-words.ts';

/** A short text whose lines end only between words; what is no text stays as it is. */
export function WholeWords({ children }: { children: ReactNode }) {
  if (typeof children !== 'string') return children;
  return (
    <span className="whole-words">
      {wholeWords(children).map((piece, place) => (
        <Fragment key={place}>
          {place > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </span>
  );
}
