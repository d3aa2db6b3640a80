import { setTimeout as sleep } from 'node:timers/promises';

import type { FaultCode } from '../../hardware/probe/index.ts';
import type { ReceiptPrinterPort } from '../../hardware/receipt-printer/port.ts';
import type { technicianWords } from './report.ts';

/** As long as somebody may take for a cover or a roll. */
const handMs = 60_000;

/** Somebody at the devices, who does what is said to them. */
export interface Hands {
  say: (line: string) => void;
  words: ReturnType<typeof technicianWords>['hands'];
}

/**
 * Has the cover opened and the paper taken out, and looks whether the printer tells (hardware.md 6, acceptance probes); the
 * codes of what it does not tell.
 */
export async function checkByHand(printer: ReceiptPrinterPort, { say, words }: Hands): Promise<FaultCode[]> {
  const tells = async (wish: string, fault: 'cover_open' | 'paper_out' | undefined): Promise<boolean> => {
    say(wish);
    const end = performance.now() + handMs;
    while (performance.now() < end) {
      const status = printer.status();
      if (fault === undefined ? status.state === 'ready' : status.state === 'fault' && status.fault === fault)
        return true;
      await sleep(50);
    }
    return false;
  };
  const cover = (await tells(words.open_cover, 'cover_open')) && (await tells(words.close_cover, undefined));
  const paper = (await tells(words.take_paper, 'paper_out')) && (await tells(words.put_paper, undefined));
  return [...(cover ? [] : (['P10'] as const)), ...(paper ? [] : (['P11'] as const))];
}
