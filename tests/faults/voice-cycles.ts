import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { HearingPort, HearingStep } from '../../app/core/listen/index.ts';
import { createHearing } from '../../app/core/speech/hearing.ts';
import { DETECTOR } from '../../app/core/speech/open-hearing.ts';
import { RecogniserProcess } from '../../app/core/speech/recogniser-link.ts';
import { Microphone } from '../../hardware/microphone/index.ts';
import { SimulatedMicrophone } from '../../hardware/microphone/simulator.ts';
import type { MicrophonePort } from '../../hardware/microphone/port.ts';
import { seededRandom } from '../../models/intent/random.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODEL = join(ROOT, 'models/speech/test');
const RECORDING = join(ROOT, 'models/speech/fixtures/wages.pcm');
const RECORDER = fileURLToPath(new URL('../../hardware/microphone/simulated-recorder.mjs', import.meta.url));
/** Of so many cycles one goes through the true driver and a recorder of its own, half of which die. */
const TRUE_RECORDER_EVERY = 10;

export interface CycleReport {
  cycles: number;
  /** How each cycle ended. */
  ends: Record<string, number>;
  /** Open files of this process, and memory in MB of this one and of the one that listens, before and after. */
  before: Weight;
  after: Weight;
  /** Recorders and recognisers still running after the microphones are closed; one recogniser is right. */
  recordersLeft: number;
  microphone: string;
}

interface Weight {
  handles: number;
  coreMb: number;
  listenerMb: number;
}

const children = (wanted: string) =>
  execFileSync('ps', ['--ppid', String(process.pid), '-o', 'rss=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(wanted));

const weight = (): Weight => ({
  handles: readdirSync('/proc/self/fd').length,
  coreMb: process.memoryUsage().rss / 1e6,
  listenerMb: Number.parseInt(children('recogniser-process')[0] ?? '0', 10) / 1e3,
});

/** Starts, stops, cancels and breaks hearing again and again, with the true engine. */
export async function runCycles(cycles: number): Promise<CycleReport> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ear = new RecogniserProcess({
    modelDirectory: MODEL,
    detector: DETECTOR,
    vocabulary: () => ['单位拖欠工资怎么办'],
    log,
  });
  const microphones = {
    simulated: new SimulatedMicrophone(),
    alive: recorderThat('tone', RECORDING),
    dying: recorderThat('end'),
  };
  const bytes = readFileSync(RECORDING);
  const sound = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  while (ear.status() === 'starting') await new Promise((resolve) => setTimeout(resolve, 50));

  const random = seededRandom(1);
  const ends: Record<string, number> = {};
  let before = weight();
  const warmUp = Math.min(50, cycles >> 1);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    if (cycle === warmUp) before = weight();
    const turn = cycle % (2 * TRUE_RECORDER_EVERY);
    microphones.simulated.say(sound.slice(0, 320 * (1 + random.below(140))));
    const microphone: MicrophonePort =
      turn === 0
        ? microphones.alive
        : turn === TRUE_RECORDER_EVERY
          ? microphones.dying
          : microphones.simulated;
    const end = await one(createHearing({ microphone, ear }), random.below(3), 1 + random.below(30));
    ends[end] = (ends[end] ?? 0) + 1;
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = weight();
  const microphone = microphones.alive.status().state;
  await Promise.all(Object.values(microphones).map((each) => each.close()));
  const recordersLeft = children('simulated-recorder').length;
  await ear.close();
  return { cycles, ends, before, after, recordersLeft, microphone };

  function recorderThat(...what: string[]): Microphone {
    return new Microphone({
      recorder: { program: process.execPath, programArguments: [RECORDER, ...what] },
      log,
    });
  }
}

/** One utterance that is finished, cancelled or left after some steps; returns how it ended. */
async function one(hearing: HearingPort, how: number, steps: number): Promise<string> {
  const finished = new AbortController();
  const cancelled = new AbortController();
  let last: HearingStep | null = null;
  let count = 0;
  const { signal: never } = new AbortController();
  for await (const step of hearing.hear({
    language: 'zh-CN',
    expected: [],
    finished: finished.signal,
    endsBySilence: never,
    cancelled: cancelled.signal,
  })) {
    last = step;
    count += 1;
    if (count < steps) continue;
    if (how === 0) finished.abort();
    else if (how === 1) cancelled.abort();
    else break;
  }
  if (last?.state === 'trouble') return last.reason;
  if (last?.state === 'heard') return 'heard';
  return how === 1 ? 'cancelled' : 'left';
}
