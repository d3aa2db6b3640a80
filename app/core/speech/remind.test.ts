import { expect, test } from 'vitest';

import { SimulatedSpeaker } from '../../../hardware/speaker/simulator.ts';
import { remindAloud } from './remind.ts';
import type { SpeechPort, Utterance } from './voice.ts';

const soundOf = () => ({
  ok: true as const,
  value: { samples: new Int16Array(160), samplesPerSecond: 16_000 },
});

test('says what is left behind in the language of the visit, and nothing where there is no voice', async () => {
  const said: Utterance[] = [];
  const voice: SpeechPort = {
    say: (utterance) => {
      said.push(utterance);
      return Promise.resolve(new Uint8Array());
    },
  };
  const speaker = new SimulatedSpeaker();
  await remindAloud({ voices: [voice], speaker, soundOf }, 'card', 'zh-CN');
  await remindAloud({ voices: [voice], speaker, soundOf }, 'slip', 'en');
  expect(said).toMatchObject([
    { words: expect.stringContaining('证件') as string, language: 'zh-CN' },
    { words: expect.stringContaining('slip') as string, language: 'en' },
  ]);
  expect(speaker.heard).toHaveLength(2);
  await remindAloud({ voices: [], speaker, soundOf }, 'card', 'zh-CN');
  expect(speaker.heard).toHaveLength(2);
});
