import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { recordingLog, until } from '../../tests/contract/devices.samples.ts';
import { Microphone } from './driver.ts';
import type { MicrophoneTiming, RecorderProgram } from './recorder-process.ts';
import { LevelMeter } from './level.ts';
import type { MicrophonePort, Recorded } from './port.ts';
import { SimulatedMicrophone } from './simulator.ts';

const timing: MicrophoneTiming = { noData: 900, muted: 1500, speed: 300, watch: 50 };
const player = fileURLToPath(new URL('./simulated-recorder.mjs', import.meta.url));
const simulated = (...what: string[]): RecorderProgram => ({
  program: process.execPath,
  programArguments: [player, ...what],
});
const microphoneWith = (recorder: RecorderProgram): Microphone =>
  new Microphone({ recorder, log: recordingLog(), timing });

async function recorded(microphone: MicrophonePort, timeoutMs = 3000): Promise<Recorded[]> {
  const all: Recorded[] = [];
  const { signal } = new AbortController();
  for await (const each of microphone.record({ signal, timeoutMs })) all.push(each);
  return all;
}

const tone = (amplitude: number, samples = 320): Int16Array =>
  Int16Array.from({ length: samples }, (_, at) => Math.round(amplitude * Math.sin(at / 5)));

describe('microphone', () => {
  it('gives frames of 20 ms with their level, as fast as sound, and stops in time', async () => {
    const microphone = microphoneWith(simulated('tone'));
    const frames = await recorded(microphone, 1200);
    expect(frames.length).toBeGreaterThan(20);
    expect(frames.length).toBeLessThan(62);
    for (const frame of frames) {
      if (frame.kind !== 'frame') throw new Error(frame.reason);
      expect(frame.samples).toHaveLength(320);
      expect(frame.level.peakDb).toBeCloseTo(-12.2, 0);
    }
    expect(microphone.status()).toEqual({ state: 'ready' });
  });

  it('stops at once when told to, and records again', async () => {
    const microphone = microphoneWith(simulated('tone'));
    const stop = new AbortController();
    let frames = 0;
    for await (const each of microphone.record({ signal: stop.signal, timeoutMs: 5000 })) {
      expect(each.kind).toBe('frame');
      frames += 1;
      if (frames === 3) stop.abort();
    }
    expect(frames).toBeLessThan(40);
    expect((await recorded(microphone, 600)).length).toBeGreaterThan(0);
    await microphone.close();
    expect(await recorded(microphone)).toEqual([{ kind: 'failed', reason: 'absent' }]);
  });

  it.each([
    ['zeros', 'muted'],
    ['nothing', 'no_data'],
    ['flood', 'wrong_speed'],
    ['end', 'no_device'],
  ] as const)('says why it hears nothing: %s is %s', async (what, reason) => {
    const microphone = microphoneWith(simulated(what));
    expect((await recorded(microphone)).at(-1)).toEqual({ kind: 'failed', reason });
    expect(microphone.status()).toEqual({ state: 'fault', fault: reason });
  });

  it('lives without the recorder, and without a program that can be run', async () => {
    for (const program of ['/nowhere/arecord', player.replace('simulated-recorder.mjs', 'port.ts')]) {
      const microphone = microphoneWith({ program, programArguments: [] });
      expect(microphone.status()).toEqual({ state: 'fault', fault: 'no_recorder' });
      expect(await recorded(microphone)).toEqual([{ kind: 'failed', reason: 'no_recorder' }]);
    }
  });

  it('lives when the program can be run but not started', async () => {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const microphone = microphoneWith({ program: folder, programArguments: [] });
    expect((await recorded(microphone)).at(-1)).toMatchObject({ kind: 'failed' });
  });

  it('is used by one at a time', async () => {
    const microphone = microphoneWith(simulated('tone'));
    const stop = new AbortController();
    const first = microphone.record({ signal: stop.signal, timeoutMs: 5000 });
    await first.next();
    expect(microphone.status()).toEqual({ state: 'busy' });
    expect(await recorded(microphone)).toEqual([{ kind: 'failed', reason: 'busy' }]);
    await first.return();
    expect(microphone.status()).toEqual({ state: 'ready' });
  });

  it('goes on without a recorder that does not let go of its sound', async () => {
    const microphone = microphoneWith({
      program: '/bin/sh',
      programArguments: ['-c', 'sleep 6 & exec sleep 6'],
    });
    const started = performance.now();
    expect(await recorded(microphone, 300)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(microphone.status()).toEqual({ state: 'ready' });
  });

  it('leaves no process behind when it is closed in the middle', async () => {
    const microphone = microphoneWith(simulated('tone'));
    const all = recorded(microphone, 60_000);
    await until('busy', () => microphone.status().state === 'busy');
    await microphone.close();
    const stop = new Promise((resolve) => setTimeout(resolve, 50, 'still going'));
    expect(await Promise.race([all.then(() => 'ended'), stop])).toBe('ended');
  });
});

describe('simulated microphone', () => {
  it('gives what was said, and why not', async () => {
    const microphone = new SimulatedMicrophone();
    microphone.say(tone(1000, 700));
    const frames = await recorded(microphone);
    expect(frames).toHaveLength(3);
    microphone.set('muted');
    expect(await recorded(microphone)).toEqual([{ kind: 'failed', reason: 'muted' }]);
    expect(microphone.status()).toEqual({ state: 'fault', fault: 'muted' });
  });
});

describe('level meter', () => {
  it('knows silence, full scale and the noise of a room under speech', () => {
    const meter = new LevelMeter();
    expect(meter.measure(new Int16Array(320))).toEqual({ rmsDb: -96, peakDb: -96, noiseDb: -96 });
    expect(new LevelMeter().measure(Int16Array.of(-32_768)).peakDb).toBeCloseTo(0, 5);
    const room = new LevelMeter();
    for (let frame = 0; frame < 50; frame += 1) room.measure(tone(100));
    const quiet = room.measure(tone(100)).noiseDb;
    for (let frame = 0; frame < 50; frame += 1) room.measure(tone(10_000));
    const { rmsDb, noiseDb } = room.measure(tone(10_000));
    expect(noiseDb - quiet).toBeLessThan(4);
    expect(rmsDb - noiseDb).toBeGreaterThan(30);
  });

  it('takes neither zeros nor the click of a device that wakes for the room', () => {
    const meter = new LevelMeter();
    for (let frame = 0; frame < 4; frame += 1) meter.measure(new Int16Array(320));
    expect(meter.measure(tone(1)).noiseDb).toBe(-96);
    expect(meter.measure(tone(1_000)).noiseDb).toBeCloseTo(-33, 0);
    expect(meter.measure(new Int16Array(320)).noiseDb).toBeCloseTo(-33, 0);
  });
});
