import { expect, test } from 'vitest';

import { SoundWatch } from './sound-watch.ts';

const hears = (watch: SoundWatch, frames: number, rmsDb: number, noiseDb: number) => {
  for (let frame = 0; frame < frames; frame += 1) watch.take({ rmsDb, peakDb: rmsDb + 3, noiseDb });
};

test('a door that banged long ago makes no quiet voice louder than the hall', () => {
  const watch = new SoundWatch();
  hears(watch, 1, -10, -40);
  hears(watch, 140, -36, -40);
  expect(watch.level().noisy).toBe(false);
  hears(watch, 20, -36, -40);
  expect(watch.level().noisy).toBe(true);
  expect(watch.withoutWords()).toBe('noisy');
});
