import { useTranslation } from 'react-i18next';

import { itemName, type Handwriting } from '../../app/domain/compensation/index.ts';
import { useDesk } from './desk.ts';
import { day, yuan } from './wording.ts';

/** Words of calculator.json as the screen writes them: money with thousands, days in words. */
export interface Sayings extends Handwriting {
  /** The name of an item, with which one it is where there are several. */
  name: (code: string) => string;
  /** Whether there are words under a key of calculator.json. */
  knows: (key: string) => boolean;
}

export function useSayings(): Sayings {
  const { t, i18n } = useTranslation('calculator');
  const { visit } = useDesk();
  const say: Handwriting['say'] = (key, values) => t(key, values ?? {});
  return {
    say,
    money: yuan,
    day: (iso) => day(iso, visit.language),
    name: (code) => itemName(code, say),
    knows: (key) => i18n.exists(`calculator:${key}`),
  };
}
