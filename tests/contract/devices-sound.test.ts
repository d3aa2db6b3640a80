import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MicrophonePort, Recorded } from '../../hardware/microphone/port.ts';
import { SimulatedMicrophone } from '../../hardware/microphone/simulator.ts';
import { openDevices } from '../../hardware/registry.ts';
import type { SpeakerPort } from '../../hardware/speaker/port.ts';
import { SimulatedSpeaker } from '../../hardware/speaker/simulator.ts';
import { SimulatedSound } from '../../tools/sim/sound.ts';
import { testEdges } from './devices.samples.ts';

interface SoundStation {
  microphone: MicrophonePort;
  speaker: SpeakerPort;
  /** Somebody says a loud tone. */
  speak: () => void;
  breakMicrophone: () => Promise<void>;
  mendMicrophone: () => Promise<void>;
  breakSpeaker: () => Promise<void>;
  /** Seconds of each sound that was heard to its end. */
  heard: () => number[];
  close: () => Promise<void>;
}

const now = (act: () => void): Promise<void> => {
  act();
  return Promise.resolve();
};
const tone = (samples: number): Int16Array =>
  Int16Array.from({ length: samples }, (_, at) => Math.round(8000 * Math.sin(at / 5)));

function memoryStation(): Promise<SoundStation> {
  const microphone = new SimulatedMicrophone();
  const speaker = new SimulatedSpeaker();
  return Promise.resolve({
    ...{ microphone, speaker },
    speak: () => microphone.say(tone(16_000)),
    breakMicrophone: () => now(() => microphone.set('no_device')),
    mendMicrophone: () => now(() => microphone.set(undefined)),
    breakSpeaker: () => now(() => speaker.set('no_device')),
    heard: () => speaker.heard.map(({ sound }) => sound.samples.length / sound.samplesPerSecond),
    close: async () => {
      await Promise.all([microphone.close(), speaker.close()]);
    },
  });
}

/** The drivers of the real machine on the sockets of `npm run sim`. */
async function socketStation(): Promise<SoundStation> {
  const dir = mkdtempSync(join(tmpdir(), 'kiosk-sound-'));
  const sound = new SimulatedSound(dir);
  await Promise.all([sound.plug('microphone'), sound.plug('speaker')]);
  const devices = openDevices(
    {
      microphone: { device: sound.deviceOf('microphone') },
      speaker: { device: sound.deviceOf('speaker') },
    },
    testEdges(),
  );
  return {
    ...devices,
    speak: () => sound.say('tone'),
    breakMicrophone: () => sound.unplug('microphone'),
    mendMicrophone: () => sound.plug('microphone'),
    breakSpeaker: () => sound.unplug('speaker'),
    heard: () => sound.heard().map(({ seconds }) => seconds),
    close: async () => {
      await devices.close();
      await sound.close();
      rmSync(dir, { recursive: true });
    },
  };
}

async function record(microphone: MicrophonePort, timeoutMs: number): Promise<Recorded[]> {
  const all: Recorded[] = [];
  const { signal } = new AbortController();
  for await (const each of microphone.record({ signal, timeoutMs })) all.push(each);
  return all;
}

describe.each([
  { kind: 'memory', open: memoryStation },
  { kind: 'socket', open: socketStation },
])('sound on $kind', ({ open }) => {
  let station: SoundStation;
  beforeAll(async () => {
    station = await open();
  });
  afterAll(async () => {
    await station.close();
  });

  it('hears who speaks, and how loud', async () => {
    station.speak();
    const frames = await record(station.microphone, 800);
    const last = frames.at(-1);
    expect(last).toMatchObject({ kind: 'frame' });
    expect(last?.kind === 'frame' && last.samples.length).toBe(320);
    expect(last?.kind === 'frame' && last.level.peakDb).toBeCloseTo(-12.2, 0);
    expect(station.microphone.status()).toEqual({ state: 'ready' });
  });

  it('says why nothing is heard, and hears again when the microphone is back', async () => {
    await station.breakMicrophone();
    expect((await record(station.microphone, 3000)).at(-1)).toEqual({ kind: 'failed', reason: 'no_device' });
    expect(station.microphone.status()).toEqual({ state: 'fault', fault: 'no_device' });
    await station.mendMicrophone();
    station.speak();
    expect((await record(station.microphone, 800)).at(-1)).toMatchObject({ kind: 'frame' });
  });

  it('plays to the end, falls silent at once when told to, and says when it is broken', async () => {
    const sound = { samples: tone(4000), samplesPerSecond: 16_000 };
    expect(await station.speaker.play(sound)).toEqual({ kind: 'played' });
    const long = { samples: tone(160_000), samplesPerSecond: 16_000 };
    const playing = station.speaker.play(long);
    station.speaker.stop();
    expect(await playing).toEqual({ kind: 'stopped' });
    expect(station.heard()).toEqual([0.25]);
    await station.breakSpeaker();
    expect(await station.speaker.play(sound)).toEqual({ kind: 'failed', reason: 'no_device' });
  });
});
