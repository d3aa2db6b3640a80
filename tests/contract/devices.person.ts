import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';

import type { PersonHands } from './devices.stations.ts';

/** A person at real devices, who is told on the terminal what to do and presses Enter when it is done. */
export function personAtDevices(): { hands: PersonHands; leave: () => void } | undefined {
  if (process.env['TEST_HANDS'] !== '1' || !existsSync('/dev/tty')) return undefined;
  const input = createReadStream('/dev/tty');
  const terminal = createInterface({ input, output: createWriteStream('/dev/tty') });
  const ask = (what: string): Promise<string> => terminal.question(`\n>>> ${what} [Enter] `);
  const tell = async (what: string): Promise<void> => {
    await ask(what);
  };
  const howMany = async (what: string): Promise<number> => Number((await ask(`${what}: how many?`)) || '0');
  let cardLies = false;
  let paperIsOut = false;
  let trayIsKnown = false;
  return {
    hands: {
      placeCard: async (card) => {
        await tell(card === 'jia' ? 'put a resident card on the reader' : 'put another resident card on it');
        cardLies = true;
      },
      removeCard: async () => {
        if (cardLies) await tell('take the card away');
        cardLies = false;
      },
      paperOut: async () => {
        await tell('take the roll out and close the cover');
        paperIsOut = true;
      },
      paperOk: async () => {
        if (paperIsOut) await tell('put the roll in and close the cover');
        paperIsOut = false;
      },
      cover: (position) => tell(position === 'open' ? 'open the cover' : 'close the cover'),
      unplug: (device) => tell(`pull the cable of the ${device}`),
      replug: (device) => tell(`put the cable of the ${device} back`),
      // The cases that a person can do leave nothing behind.
      emptyTray: async () => {
        if (!trayIsKnown) await tell('take all slips that lie at the printer, if any');
        trayIsKnown = true;
      },
      takeSlips: async ({ title }) => {
        const slips = await howMany('take all slips');
        const copies = slips === 0 ? 0 : await howMany(`whole and cut copies of the slip "${title}"`);
        return { slips, copies };
      },
    },
    leave: () => {
      terminal.close();
      input.destroy();
    },
  };
}
