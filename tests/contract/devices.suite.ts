import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';

import { memoryStation, noRealDevice, realStation, terminalStation } from './devices.stations.ts';
import type { Hands, Station, TestedDevice } from './devices.stations.ts';

/** A station that has all hands that a case asked for. */
type Handled<Needed extends keyof Hands> = Omit<Station, 'hands'> & {
  hands: Pick<Hands, Needed> & Partial<Hands>;
};

/** One case of a contract: what it shows, which hands it needs, and how it goes. */
export type Case = <Needed extends keyof Hands = never>(
  what: string,
  needed: readonly Needed[],
  run: (station: Handled<Needed>) => Promise<void>,
  options?: { timeout?: number; retry?: number },
) => void;

const simulatedLimitMs = 30_000;
/** People take their time. */
const personLimitMs = 600_000;

const kinds: readonly {
  kind: string;
  limitMs: number;
  open: (device: TestedDevice) => Promise<Station>;
  missing: (device: TestedDevice) => string | undefined;
}[] = [
  { kind: 'memory', limitMs: simulatedLimitMs, open: memoryStation, missing: () => undefined },
  { kind: 'pseudo-terminal', limitMs: simulatedLimitMs, open: terminalStation, missing: () => undefined },
  { kind: 'hardware', limitMs: personLimitMs, open: realStation, missing: noRealDevice },
];

/**
 * Runs the cases of a contract on the simulator in memory, on the pseudo-terminal and on the real device that is named.
 * A case that cannot run somewhere is skipped there, with the reason.
 */
export function onEveryStation(
  device: TestedDevice,
  { ready }: { ready: (station: Station) => Promise<void> },
  cases: (check: Case) => void,
): void {
  describe.each(kinds)(`${device} on $kind`, ({ open, missing, limitMs }) => {
    const absence = missing(device);
    let station: Station | undefined;
    beforeAll(async () => {
      if (absence === undefined) station = await open(device);
    });
    afterAll(async () => {
      await station?.close();
    });
    beforeEach(async () => {
      if (station) await ready(station);
    });
    const check: Case = (what, needed, run, options = {}) => {
      it(what, { timeout: limitMs, ...options }, async (context) => {
        const lacking = needed.filter((hand) => !station?.hands[hand]);
        if (!station || lacking.length > 0)
          return context.skip(absence ?? `${lacking.join(', ')}: ${station?.lack ?? ''}`);
        await run(station as Handled<(typeof needed)[number]>);
      });
    };
    cases(check);
  });
}
