import type { Random } from '../../intent/random.ts';
import { SAMPLE_RATE } from './features.ts';

/** What a hall adds to a voice. Samples are in [-1, 1] at 16 kHz. */
export type NoiseKind = 'white' | 'hall' | 'rumble' | 'voices';
export const NOISES: readonly NoiseKind[] = ['white', 'hall', 'rumble', 'voices'];

const gaussian = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Mean square of the samples. */
export function power(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / Math.max(1, samples.length);
}

/** Noise of one kind; `voices` are what others say at the same time. */
export function noise(
  kind: NoiseKind,
  length: number,
  voices: readonly Float32Array[],
  random: Random,
): Float32Array {
  switch (kind) {
    case 'white':
      return Float32Array.from({ length }, () => 2 * random.next() - 1);
    case 'hall':
      return coloured(length, 0.9, random);
    case 'rumble':
      return coloured(length, 0.985, random);
    case 'voices':
      return crowd(length, voices, random);
  }
}

/** White noise through a leaky sum: the nearer `memory` to 1, the deeper it sounds. */
function coloured(length: number, memory: number, random: Random): Float32Array {
  let state = 0;
  return Float32Array.from({ length }, () => {
    state = memory * state + (2 * random.next() - 1);
    return state;
  });
}

const CROWD = 4;

function crowd(length: number, voices: readonly Float32Array[], random: Random): Float32Array {
  const sum = coloured(length, 0.9, random);
  const quiet = Math.sqrt(power(sum) * 10);
  for (let at = 0; at < length; at += 1) sum[at] = (sum[at] as number) / quiet;
  for (let person = 0; person < CROWD; person += 1) {
    const voice = voices[random.below(voices.length)];
    if (voice === undefined || voice.length === 0) continue;
    const loud = Math.sqrt(power(voice)) + 1e-9;
    const share = (0.4 + 0.6 * random.next()) / loud;
    let place = random.below(voice.length);
    for (let at = 0; at < length; at += 1) {
      sum[at] = (sum[at] as number) + share * (voice[place] as number);
      place = place + 1 === voice.length ? 0 : place + 1;
    }
  }
  return sum;
}

/** The same sound in a room: early and late echoes that fade within `seconds` (to a thousandth). */
export function echo(samples: Float32Array, seconds: number, random: Random): Float32Array {
  const result = Float32Array.from(samples);
  const reflections = 40;
  for (let count = 0; count < reflections; count += 1) {
    const delay = Math.round((0.004 + 0.8 * seconds * random.next() ** 1.5) * SAMPLE_RATE);
    const fade = Math.exp((-6.9 * delay) / SAMPLE_RATE / seconds);
    const share = 0.22 * fade * gaussian(random);
    for (let at = delay; at < result.length; at += 1)
      result[at] = (result[at] as number) + share * (samples[at - delay] as number);
  }
  return result;
}

/** `over` added to `samples` so that the voice is `decibels` louder, measured over the `voiced` part. */
export function mix(
  samples: Float32Array,
  over: Float32Array,
  decibels: number,
  voiced: { start: number; end: number },
): Float32Array {
  const voice = power(samples.subarray(voiced.start, voiced.end));
  const share = Math.sqrt(voice / (power(over) + 1e-12) / 10 ** (decibels / 10));
  return samples.map((sample, at) => sample + share * (over[at] as number));
}
