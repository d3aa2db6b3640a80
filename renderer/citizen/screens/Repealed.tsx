import { BookOpenText, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { RepealedLaw } from '../../../app/contract/consult.ts';
import { Press } from '../../components/Press.tsx';
import { useDesk } from '../desk.ts';
import { day } from '../wording.ts';

/** Laws that were named and are no longer in force. */
export function Repealed({ laws }: { laws: readonly RepealedLaw[] }) {
  const { t } = useTranslation('screen');
  const { visit, clerk, kiosk } = useDesk();
  return laws.map(({ law, by, since }) => (
    <div className="repealed" role="alert" key={law}>
      <p>
        <TriangleAlert className="icon" aria-hidden strokeWidth={1.75} />
        {by === null
          ? t('repealed.gone', { law })
          : since === null
            ? t('repealed.replaced', { law, by })
            : t('repealed.replaced_since', { law, by, date: day(since, visit.language) })}
      </p>
      {by !== null && kiosk?.content.statutes === true && (
        <Press name={`law-${by}`} icon={BookOpenText} onPress={() => clerk.find('statutes', by)}>
          {t('repealed.now', { by })}
        </Press>
      )}
    </div>
  ));
}
