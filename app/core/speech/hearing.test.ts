import { describe, expect, test } from 'vitest';

import { SimulatedMicrophone } from '../../../hardware/microphone/simulator.ts';
import type { HearingRequest, HearingStep } from '../listen/port.ts';
import { createHearing } from './hearing.ts';
import type { Ear, EarStatus, Listening } from './recogniser-link.ts';
import type { Progress, RepairedText } from './recogniser-wire.ts';

/** An ear that was told beforehand what it hears. */
class ScriptedEar implements Ear {
  state: EarStatus = 'ready';
  progress: Progress = { text: '', speechMs: 0, silenceMs: 0 };
  final: Awaited<ReturnType<Listening['finish']>> = { text: '公伤怎么赔', language: null, speechMs: 900 };
  repaired: RepairedText | null = {
    text: '工伤怎么赔',
    alternatives: ['工亡怎么赔'],
    repaired: [{ heard: '公', taken: '工' }],
    sure: true,
  };
  begun = 0;
  discarded = 0;
  heard: Int16Array[] = [];
  finishing: (() => void) | null = null;
  hangs = false;
  repairHangs = false;
  /** Ends after so many frames. */
  livesFor = Infinity;
  readonly listeners = new Set<() => void>();

  status = (): EarStatus => this.state;
  become(state: EarStatus) {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
  onStatus = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  repair = () => (this.repairHangs ? new Promise<null>(() => undefined) : Promise.resolve(this.repaired));
  close = () => Promise.resolve();
  begin(): Listening {
    this.begun += 1;
    return {
      hear: (samples) => void this.heard.push(samples),
      progress: () => this.progress,
      lost: () => this.heard.length >= this.livesFor,
      finish: () =>
        this.hangs
          ? new Promise((resolve) => {
              this.finishing = () => resolve(null);
            })
          : Promise.resolve(this.final),
      discard: () => void (this.discarded += 1),
    };
  }
}

const tone = (seconds: number, amplitude = 8_000) =>
  Int16Array.from({ length: seconds * 16_000 }, (_, at) => amplitude * Math.sin(at / 6));

function rig(sound = tone(1)) {
  const microphone = new SimulatedMicrophone();
  microphone.say(sound);
  const ear = new ScriptedEar();
  const hearing = createHearing({ microphone, ear });
  const stops = {
    finished: new AbortController(),
    endsBySilence: new AbortController(),
    cancelled: new AbortController(),
  };
  const request: HearingRequest = {
    language: 'zh-CN',
    expected: [],
    finished: stops.finished.signal,
    endsBySilence: stops.endsBySilence.signal,
    cancelled: stops.cancelled.signal,
  };
  return { microphone, ear, hearing, stops, request };
}

async function all(steps: AsyncIterable<HearingStep>): Promise<HearingStep[]> {
  const taken: HearingStep[] = [];
  for await (const step of steps) taken.push(step);
  return taken;
}
const states = (steps: readonly HearingStep[]) => [...new Set(steps.map(({ state }) => state))];

describe('one question', () => {
  test('is heard, put right and told with what else it may be', async () => {
    const { hearing, request, ear } = rig();
    ear.progress = { text: '公伤', speechMs: 500, silenceMs: 0 };
    const steps = await all(hearing.hear(request));
    expect(states(steps)).toEqual(['listening', 'partial', 'level', 'recognising', 'heard']);
    expect(steps.at(-1)).toEqual({
      state: 'heard',
      text: '工伤怎么赔',
      alternatives: ['工亡怎么赔'],
      repaired: [{ heard: '公', taken: '工' }],
    });
    expect(ear).toMatchObject({ begun: 1, discarded: 1 });
  });

  test('that was tapped ends by itself after a second of silence, one that is held does not', async () => {
    const { hearing, request, ear, stops } = rig(tone(10));
    ear.progress = { text: '', speechMs: 800, silenceMs: 1_000 };
    await all(hearing.hear(request));
    expect(ear.heard).toHaveLength(500);
    ear.heard = [];
    stops.endsBySilence.abort();
    await all(hearing.hear(request));
    expect(ear.heard).toHaveLength(1);
  });

  test('that lasts too long is cut off after thirty seconds and understood', async () => {
    const { hearing, request, ear } = rig(tone(40));
    const steps = await all(hearing.hear(request));
    expect(ear.heard).toHaveLength(1_500);
    expect(steps.at(-1)?.state).toBe('heard');
  });

  test('cancelled while speaking or while recognising tells nothing more and leaves nothing open', async () => {
    const { hearing, request, ear, stops, microphone } = rig(tone(20));
    const taken: HearingStep[] = [];
    for await (const step of hearing.hear(request)) {
      taken.push(step);
      if (taken.length === 3) stops.cancelled.abort();
    }
    expect(taken).toHaveLength(3);
    expect(ear.discarded).toBe(1);
    expect(microphone.status()).toEqual({ state: 'ready' });

    const later = rig();
    later.ear.hangs = true;
    const steps: HearingStep[] = [];
    for await (const step of later.hearing.hear(later.request)) {
      steps.push(step);
      if (step.state === 'recognising') setTimeout(() => later.stops.cancelled.abort(), 1);
    }
    expect(steps.at(-1)?.state).toBe('recognising');
    expect(later.ear.discarded).toBe(1);

    const putRight = rig();
    putRight.ear.repairHangs = true;
    setTimeout(() => putRight.stops.cancelled.abort(), 50);
    expect((await all(putRight.hearing.hear(putRight.request))).at(-1)?.state).toBe('recognising');
    expect(putRight.ear.discarded).toBe(1);
  });

  test('whose listener goes away is given up', async () => {
    const { hearing, request, ear } = rig();
    for await (const step of hearing.hear(request)) if (step.state === 'level') break;
    expect(ear.discarded).toBe(1);
  });
});

describe('trouble', () => {
  const trouble = async ({ hearing, request }: ReturnType<typeof rig>) => {
    const last = (await all(hearing.hear(request))).at(-1);
    return last?.state === 'trouble' ? last.reason : last?.state;
  };

  test('with the microphone, before and while somebody speaks', async () => {
    const broken = rig();
    broken.microphone.set('no_device');
    expect(await trouble(broken)).toBe('microphone');

    const dying = rig(tone(5));
    const steps: HearingStep[] = [];
    for await (const step of dying.hearing.hear(dying.request)) {
      steps.push(step);
      if (steps.length === 4) dying.microphone.set('no_data');
    }
    expect(steps.at(-1)).toEqual({ state: 'trouble', reason: 'microphone' });
    expect(dying.ear.discarded).toBe(1);
  });

  test('with nobody speaking: silence, a loud room, music', async () => {
    const quiet = rig(new Int16Array(16_000 * 8));
    quiet.ear.final = { text: '', language: null, speechMs: 0 };
    expect(await trouble(quiet)).toBe('silence');
    quiet.stops.endsBySilence.abort();
    const frames = quiet.ear.heard.length;
    expect(await trouble(quiet)).toBe('silence');
    expect(quiet.ear.heard.length - frames).toBe(301);

    const loud = rig(tone(3, 6_000));
    loud.ear.final = { text: '', language: null, speechMs: 0 };
    expect(await trouble(loud)).toBe('noisy');

    // Music comes and goes: the pauses are quiet, so it is not the room.
    const music = Int16Array.from(tone(4, 20_000), (sample, at) =>
      at % 8_000 < 5_000 ? sample : sample / 1_000,
    );
    const band = rig(music);
    band.ear.final = { text: '嗯', language: null, speechMs: 0 };
    expect(await trouble(band)).toBe('not_speech');
  });

  test('with words: unclear, a shout, another language', async () => {
    const unclear = rig(Int16Array.from(tone(2), (sample, at) => (at < 4_000 ? sample / 1_000 : sample)));
    unclear.ear.repaired = { text: '', alternatives: [], repaired: [], sure: false };
    expect(await trouble(unclear)).toBe('unclear');

    const shout = rig(Int16Array.from(tone(2, 32_767), (sample) => (sample > 0 ? 32_767 : -32_768)));
    shout.ear.repaired = unclear.ear.repaired;
    expect(await trouble(shout)).toBe('not_speech');

    const short = rig();
    short.ear.final = { text: '离婚', language: 'ja', speechMs: 500 };
    expect(await trouble(short)).toBe('heard');
    for (const text of ['離婚したい', '离婚 ok', '']) {
      short.ear.final = { text, language: 'ja', speechMs: 500 };
      expect(await trouble(short)).toBe('other_language');
    }

    const english = rig();
    english.ear.final = { text: 'how much', language: 'en', speechMs: 900 };
    expect(await trouble(english)).toBe('other_language');
  });

  test('with the recogniser', async () => {
    const ended = rig();
    ended.ear.final = null;
    expect(await trouble(ended)).toBe('broken');
    const silent = rig();
    silent.ear.repaired = null;
    expect(await trouble(silent)).toBe('broken');
    const dying = rig(tone(20));
    dying.ear.livesFor = 10;
    expect(await trouble(dying)).toBe('broken');
    expect(dying.ear.heard).toHaveLength(10);
    const gone = rig();
    gone.ear.state = 'gone';
    expect(await trouble(gone)).toBe('broken');
    expect(gone.hearing.status()).toEqual({ state: 'absent', reason: 'broken_model' });
  });
  test('with a recogniser that is just starting: it is waited for, but not for long, with a closed microphone', async () => {
    const soon = rig();
    soon.ear.state = 'starting';
    setTimeout(() => soon.ear.become('ready'), 20);
    expect(await trouble(soon)).toBe('heard');
    expect(soon.ear.listeners.size).toBe(0);

    const letGo = rig();
    letGo.ear.state = 'starting';
    setTimeout(() => letGo.stops.finished.abort(), 20);
    expect(await trouble(letGo)).toBe('not_ready');
    const never = rig();
    never.ear.state = 'starting';
    expect(await trouble(never)).toBe('not_ready');
    expect(never.ear.begun).toBe(0);
  });
});
