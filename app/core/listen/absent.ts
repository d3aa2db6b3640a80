import type { HearingPort } from './port.ts';

/** A machine without a model of speech. */
export const noHearing: HearingPort = {
  status: () => ({ state: 'absent', reason: 'no_model' }),
  onStatus: () => () => undefined,
  async *hear() {
    yield await Promise.resolve({ state: 'trouble', reason: 'not_ready' } as const);
  },
  close: () => Promise.resolve(),
};
