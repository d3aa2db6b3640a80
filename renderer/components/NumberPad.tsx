import { Check, Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Press } from './Press.tsx';

interface NumberPadProps {
  value: string;
  onChange: (value: string) => void;
  onDone: () => void;
  maxLength: number;
  /** The key beside zero: a decimal point, the X of an identity number, or none. */
  extra?: '.' | 'X';
  /** What stands there instead. */
  corner?: ReactNode;
  /** One more key, between delete and done. */
  beside?: ReactNode;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Big keys for numbers: digits, an optional point or X, delete, done. */
export function NumberPad({ value, onChange, onDone, maxLength, extra, corner, beside }: NumberPadProps) {
  const { t } = useTranslation('screen');
  const type = (key: string) => {
    if (value.length < maxLength && !(key === '.' && (value.includes('.') || value === '')))
      onChange(value + key);
  };
  return (
    <div className={beside ? 'number-pad with-beside' : 'number-pad'}>
      {digits.map((digit) => (
        <Press key={digit} name={`key-${digit}`} onPress={() => type(digit)}>
          {digit}
        </Press>
      ))}
      {corner ??
        (extra ? (
          <Press name={extra === '.' ? 'key-point' : 'key-x'} onPress={() => type(extra)}>
            {extra}
          </Press>
        ) : (
          <Press name="key-clear" tone="quiet" onPress={() => onChange('')}>
            {t('pad.clear')}
          </Press>
        ))}
      <Press name="key-0" onPress={() => type('0')}>
        0
      </Press>
      <Press
        name="key-delete"
        icon={Delete}
        tone="quiet"
        className="stacked"
        onPress={() => onChange(value.slice(0, -1))}
      >
        {t('pad.delete')}
      </Press>
      {beside}
      <Press name="key-done" icon={Check} tone="action" className="stacked pad-done" onPress={onDone}>
        {t('pad.done')}
      </Press>
    </div>
  );
}
