import i18next, { type Resource, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';

import type { Language } from '../app/contract/session.ts';

/** Every locale file is bundled: a kiosk has no network to fetch words from. */
const files = import.meta.glob<ResourceKey>('../locales/*/*.json', { eager: true, import: 'default' });

const resources: Resource = {};
for (const [path, words] of Object.entries(files)) {
  const [, language = '', namespace = ''] = /locales\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  (resources[language] ??= {})[namespace] = words;
}

export async function prepareWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources,
    lng: 'zh-CN' satisfies Language,
    fallbackLng: 'zh-CN' satisfies Language,
    defaultNS: 'screen',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
