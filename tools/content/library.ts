import { readStatutes } from './statutes.ts';
import type { StatuteRow } from './statute-row.ts';

interface StatuteArticle {
  versionDate: string;
  status: StatuteRow['status'];
}

/** What is known of the statutes citations refer to: articles by short law name. */
export interface StatuteLibrary {
  rows: readonly StatuteRow[];
  knows(law: string): boolean;
  article(law: string, article: string): StatuteArticle | null;
}

/** Reads a statute library from any place `readStatutes` takes; throws as it does. */
export function readStatuteLibrary(place: string): StatuteLibrary {
  const rows = readStatutes(place);
  const laws = new Map<string, Map<string, StatuteArticle>>();
  for (const { law, article, version, status } of rows) {
    const articles = laws.get(law) ?? new Map<string, StatuteArticle>();
    articles.set(article, { versionDate: version, status });
    laws.set(law, articles);
  }
  return { rows, knows: (law) => laws.has(law), article: (law, name) => laws.get(law)?.get(name) ?? null };
}
