import { join } from 'node:path';

import type { KioskState } from '../contract/kiosk.ts';
import { nothingAttached } from '../domain/consult/index.ts';
import { createConsultant, noStatutes } from './consult/index.ts';
import type { Consultant } from './consult/index.ts';
import { isPrompt, openBestPack } from './content/index.ts';
import type { Log } from './diagnose/index.ts';
import type { AnswerSource } from './session/index.ts';
import type { RecordedPrompts } from './speech/index.ts';

/** What answers and with which figures, and how far it can be trusted. */
export interface Knowledge {
  answers: AnswerSource & Pick<Consultant, 'shelves' | 'guides' | 'reader'>;
  /** The pack's dated figures, unparsed; undefined without a pack. */
  parameters: unknown;
  status: KioskState['content'];
  /** All ways of asking that are written down: whoever listens knows these words. */
  sayings: () => readonly string[];
  /** Sentences that were recorded for this pack; null when there are none. */
  prompts: RecordedPrompts | null;
  /** Makes ready what the first question would wait for. */
  load(): Promise<void>;
  close(): Promise<void>;
}

interface KnowledgePlaces {
  home: string;
  builtinPackDir: string;
  today: () => string;
  /** Administrative code of where the kiosk stands; empty when that is not known. */
  region: string;
  log: Log;
}

/** Opens the best whole pack of this machine. Without any, the kiosk hands over instead of guessing. */
export async function openKnowledge({
  home,
  builtinPackDir,
  today,
  region,
  log,
}: KnowledgePlaces): Promise<Knowledge> {
  const { pack, status, rejected } = openBestPack({
    installedDir: join(home, 'packs'),
    builtinDir: builtinPackDir,
  });
  for (const { source, fault } of rejected) log.warn({ source, fault }, 'content pack refused');
  if (pack === null)
    return {
      answers: nobody,
      parameters: undefined,
      status,
      sayings: () => [],
      prompts: null,
      load: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
  const consultant = await createConsultant(pack, { today, region });
  const prompts = new Set(pack.manifest.files.map(({ name }) => name).filter(isPrompt));
  return {
    answers: consultant,
    parameters: pack.parameters,
    status,
    sayings: () => pack.database.spoken().map(({ text }) => text),
    prompts: prompts.size === 0 ? null : { directory: pack.directory, files: prompts },
    load: () => consultant.load(),
    close: async () => {
      await consultant.close();
      pack.close();
    },
  };
}

const nobody: Knowledge['answers'] = {
  trace: () =>
    Promise.resolve({
      consultation: {
        decision: 'handover',
        reason: 'content_unavailable',
        suggestions: [],
        ...nothingAttached,
      },
      trace: { topic: null, subject: null },
    }),
  open: () => null,
  openWithNear: () => Promise.resolve(null),
  shelves: () => ({ shelves: [], popular: [], publicity: [] }),
  guides: { list: () => [], open: () => null, search: () => [] },
  reader: noStatutes,
};
