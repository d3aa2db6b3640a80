import { createInstance, type i18n } from 'i18next';

import type { Language } from '../../contract/session.ts';
import calculatorEnglish from '../../../locales/en/calculator.json' with { type: 'json' };
import intakeEnglish from '../../../locales/en/intake.json' with { type: 'json' };
import receiptEnglish from '../../../locales/en/receipt.json' with { type: 'json' };
import calculatorChinese from '../../../locales/zh-CN/calculator.json' with { type: 'json' };
import intakeChinese from '../../../locales/zh-CN/intake.json' with { type: 'json' };
import receiptChinese from '../../../locales/zh-CN/receipt.json' with { type: 'json' };

type Values = Readonly<Record<string, string | number>>;

/** The words of slips in one language, by namespace. */
export interface Words {
  receipt: (key: string, values?: Values) => string;
  calculator: (key: string, values?: Values) => string;
  intake: (key: string, values?: Values) => string;
  /** Whether `key` (with its namespace) has words. */
  has: (key: string) => boolean;
}

const dictionary: i18n = createInstance({
  resources: {
    'zh-CN': { receipt: receiptChinese, calculator: calculatorChinese, intake: intakeChinese },
    en: { receipt: receiptEnglish, calculator: calculatorEnglish, intake: intakeEnglish },
  },
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});
void dictionary.init();

export function wordsIn(language: Language): Words {
  const from = (namespace: string) => {
    const translate = dictionary.getFixedT(language, namespace);
    return (key: string, values: Values = {}): string => translate(key, values);
  };
  return {
    receipt: from('receipt'),
    calculator: from('calculator'),
    intake: from('intake'),
    has: (key) => dictionary.exists(key, { lng: language }),
  };
}
