import { spawn } from 'node:child_process';

import { numberedPinyin } from '../../app/core/speech/pinyin.ts';

/** How one synthetic person speaks. */
export interface Manner {
  /** Variant of espeak-ng. */
  voice: string;
  /** Syllables a minute. */
  speed: number;
  /** 0 – 99; 50 is the variant's own. */
  pitch: number;
}

/** Programs that say Mandarin, by their Debian packages, and what each is fed with. Each takes the same variants. */
const SPEAKERS = {
  'espeak-ng with pinyin': { program: 'espeak-ng', language: 'cmn-latn-pinyin', pinyin: true },
  'espeak-ng with Han': { program: 'espeak-ng', language: 'cmn', pinyin: false },
  'espeak 1.48 with pinyin': { program: 'espeak', language: 'zh', pinyin: true },
  'espeak 1.48 with Han': { program: 'espeak', language: 'zh', pinyin: false },
} as const;

export type Speaker = keyof typeof SPEAKERS;

const RATE = 16_000;

/** Says Han and pauses by a program of its own as 16 kHz samples in [-1, 1]. Rejects when it is not installed. */
export async function synthesise(
  words: string,
  { voice, speed, pitch }: Manner,
  speaker: Speaker = 'espeak-ng with pinyin',
): Promise<Float32Array> {
  const { program, language, pinyin } = SPEAKERS[speaker];
  const manner = ['-v', `${language}+${voice}`, '-s', String(speed), '-p', String(pitch)];
  const wav = await new Promise<Buffer>((resolve, reject) => {
    const child = spawn(program, [...manner, '--stdin', '--stdout'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => reject(new Error(`${program} is not installed (Debian package ${program})`)));
    child.on('close', () => resolve(Buffer.concat(parts)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(pinyin ? numberedPinyin(words) : words);
  });
  return samplesOf(wav);
}

const HEADER = 44;

/** Samples of a 16 bit mono WAV, at 16 kHz. */
export function samplesOf(wav: Buffer): Float32Array {
  if (wav.length <= HEADER || wav.toString('latin1', 0, 4) !== 'RIFF')
    throw new Error('the synthesiser gave no sound');
  const rate = wav.readUInt32LE(24);
  const count = (wav.length - HEADER) >> 1;
  const samples = Float32Array.from({ length: count }, (_, at) => wav.readInt16LE(HEADER + 2 * at) / 32_768);
  return rate === RATE ? samples : resample(samples, rate);
}

const LOBES = 12;

/** Windowed sinc, cut off below half of the lower rate. */
function resample(samples: Float32Array, rate: number): Float32Array {
  const cutoff = 0.94 * Math.min(1, RATE / rate);
  const reach = LOBES / cutoff;
  const phases = 64;
  const taps = 2 * Math.ceil(reach) + 1;
  const half = taps >> 1;
  const kernel = Array.from({ length: phases }, (_, phase) =>
    Float32Array.from({ length: taps }, (_, tap) => {
      const x = tap - half - phase / phases;
      if (Math.abs(x) >= reach) return 0;
      const angle = Math.PI * x * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(angle) / angle;
      return cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / reach));
    }),
  );
  const length = Math.floor((samples.length * RATE) / rate);
  const result = new Float32Array(length);
  for (let at = 0; at < length; at += 1) {
    const place = (at * rate) / RATE;
    const whole = Math.floor(place);
    const weights = kernel[Math.floor((place - whole) * phases)] as Float32Array;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const from = whole + tap - half;
      if (from >= 0 && from < samples.length) sum += (weights[tap] as number) * (samples[from] as number);
    }
    result[at] = sum;
  }
  return result;
}
