import { execFileSync } from 'node:child_process';

import { seededRandom } from '../../../models/intent/random.ts';
import { echo, noise } from '../../../models/speech/training/index.ts';
import { samplesOf, synthesise } from '../../../tools/speech/synthesise.ts';

const RATE = 16_000;
const random = seededRandom(5);

const loud = (samples: Float32Array, peak: number): Float32Array => {
  const most = samples.reduce((so, sample) => Math.max(so, Math.abs(sample)), 0);
  return samples.map((sample) => (sample / most) * peak);
};

/** Struck strings in a pentatonic scale, `beats` a minute. */
export function music(beats: number, seconds: number): Float32Array {
  const scale = [220, 261.6, 293.7, 349.2, 392];
  const samples = new Float32Array(seconds * RATE);
  for (let start = 0; start < samples.length;) {
    const length = Math.round((RATE * 60) / beats / (1 + random.below(2)));
    const pitch = scale[random.below(scale.length)] ?? 220;
    for (let at = 0; at < length && start + at < samples.length; at += 1) {
      const overtones = [1, 2, 3, 4, 5].map(
        (number) => Math.sin((2 * Math.PI * pitch * number * at) / RATE) / number,
      );
      const struck = at < 800 ? 3 * (random.next() - 0.5) * (1 - at / 800) : 0;
      const fading = Math.exp((-3 * at) / length);
      samples[start + at] = fading * (struck + overtones.reduce((sum, part) => sum + part, 0));
    }
    start += length;
  }
  return loud(samples, 0.6);
}

/** A throat that holds one vowel: pulses of a pitch (Hz, by seconds) through three resonances. */
function vowel(pitch: (time: number) => number, formants: readonly number[], seconds: number): Float32Array {
  const tubes = formants.map((hertz, number) => {
    const radius = Math.exp((-Math.PI * (90 + 40 * number)) / RATE);
    return {
      turn: 2 * radius * Math.cos((2 * Math.PI * hertz) / RATE),
      fade: radius * radius,
      last: 0,
      before: 0,
    };
  });
  let phase = 0;
  const samples = Float32Array.from({ length: seconds * RATE }, (_, at) => {
    phase += pitch(at / RATE) / RATE;
    let air = 0.02 * (random.next() - 0.5);
    if (phase >= 1) {
      phase -= 1;
      air += 1;
    }
    return tubes.reduce((sum, tube, number) => {
      const sound = air + tube.turn * tube.last - tube.fade * tube.before;
      [tube.before, tube.last] = [tube.last, sound];
      return sum + sound / (number + 1);
    }, 0);
  });
  return loud(samples, 1);
}

/** Somebody shouts into the microphone until it clips. */
export const shout = (): Float32Array =>
  vowel((time) => 330 + 60 * Math.sin(9 * time), [800, 1250, 2700], 2).map((sample) =>
    Math.max(-1, Math.min(1, 6 * sample)),
  );

/** A tune on one vowel, with a tremble. */
export const singing = (): Float32Array => {
  const tune = [262, 294, 330, 262, 330, 349, 392];
  const pitch = (time: number) =>
    (tune[Math.floor(2 * time) % tune.length] ?? 262) * (1 + 0.02 * Math.sin(35 * time));
  return loud(vowel(pitch, [700, 1200, 2600], 4), 0.6);
};

/** A door that slams. */
export const slam = (): Float32Array =>
  Float32Array.from({ length: RATE / 2 }, (_, at) => 1.8 * (random.next() - 0.5) * Math.exp(-at / 1_500));

/** What others say to each other, all at once, in a room with an echo. Needs espeak-ng. */
export async function crowd(): Promise<Float32Array> {
  const talk = [
    '请问这趟车几点到站',
    '孩子你慢一点走',
    '晚上我们去吃米线',
    '他明天从大理回来',
    '行李放在这里',
  ];
  const voices = await Promise.all(
    talk.map((words, at) =>
      synthesise(words, {
        voice: ['m1', 'f2', 'm3', 'f4', 'm5'][at] ?? 'm1',
        speed: 150 + 10 * at,
        pitch: 40 + 5 * at,
      }),
    ),
  );
  return loud(echo(noise('voices', 4 * RATE, voices, random), 0.5, random), 0.3);
}

/** A sentence in any language that espeak-ng speaks, by the name of its voice. */
export const said = (voice: string, words: string): Float32Array =>
  samplesOf(
    execFileSync('espeak-ng', ['-v', voice, '-s', '160', '--stdin', '--stdout'], {
      input: words,
      maxBuffer: 1e8,
    }),
  );
