import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

import { WholeWords } from './WholeWords.tsx';

interface PressProps {
  /** A stable handle for tests and the screenshot tool, the same in every language. */
  name: string;
  onPress: () => void;
  children: ReactNode;
  icon?: LucideIcon;
  tone?: 'plain' | 'action' | 'jade' | 'urgent' | 'quiet';
  /** A second, smaller line. */
  detail?: ReactNode;
  chosen?: boolean;
  className?: string;
}

/** The one button of the screens: at least 22 mm high, a word always, an icon beside it where it helps. */
export function Press({
  name,
  onPress,
  children,
  icon: Icon,
  tone = 'plain',
  detail,
  chosen,
  className,
}: PressProps) {
  return (
    <button
      type="button"
      data-press={name}
      className={`press ${tone} ${className ?? ''}`}
      onClick={() => onPress()}
      {...(chosen === undefined ? {} : { 'aria-pressed': chosen })}
    >
      {Icon && <Icon className="icon" aria-hidden strokeWidth={1.75} />}
      <span className="press-words">
        <span className="press-label">
          <WholeWords>{children}</WholeWords>
        </span>
        {detail !== undefined && <span className="press-detail">{detail}</span>}
      </span>
    </button>
  );
}
