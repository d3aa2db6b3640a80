/**
 * Log-mel features as Kaldi computes them and sherpa-onnx hands them to a model: 16 kHz in [-1, 1], a frame of 25 ms each
 * 10 ms, Povey window, no edges cut off, no dither.
 */
export const FEATURES = 40;
export const SAMPLE_RATE = 16_000;
export const FRAME_SHIFT = 160;

const FRAME_LENGTH = 400;
const FFT = 512;
const PREEMPHASIS = 0.97;
const LOWEST_HZ = 20;
const HIGHEST_HZ = 7_600;
const ENERGY_FLOOR = 1.1920929e-7;

const mel = (hertz: number) => 1127 * Math.log(1 + hertz / 700);

const povey = Float64Array.from({ length: FRAME_LENGTH }, (_, at) =>
  Math.pow(0.5 - 0.5 * Math.cos((2 * Math.PI * at) / (FRAME_LENGTH - 1)), 0.85),
);
const cosines = Float64Array.from({ length: FFT / 2 }, (_, at) => Math.cos((2 * Math.PI * at) / FFT));
const sines = Float64Array.from({ length: FFT / 2 }, (_, at) => -Math.sin((2 * Math.PI * at) / FFT));
const reversed = Uint16Array.from({ length: FFT }, (_, at) => {
  let result = 0;
  for (let bit = 1, value = at; bit < FFT; bit <<= 1, value >>= 1) result = (result << 1) | (value & 1);
  return result;
});

interface MelBin {
  first: number;
  weights: Float64Array;
}

const bins: readonly MelBin[] = Array.from({ length: FEATURES }, (_, bin) => {
  const low = mel(LOWEST_HZ);
  const step = (mel(HIGHEST_HZ) - low) / (FEATURES + 1);
  const [left, centre, right] = [low + bin * step, low + (bin + 1) * step, low + (bin + 2) * step] as const;
  const weights = Array.from({ length: FFT / 2 }, (_, at) => {
    const place = mel((at * SAMPLE_RATE) / FFT);
    if (place <= left || place >= right) return 0;
    return place <= centre ? (place - left) / (centre - left) : (right - place) / (right - centre);
  });
  const first = weights.findIndex((weight) => weight > 0);
  const last = weights.findLastIndex((weight) => weight > 0);
  return { first, weights: Float64Array.from(weights.slice(first, last + 1)) };
});

/** How many frames so many samples give. */
export const frameCount = (samples: number): number => Math.floor((samples + FRAME_SHIFT / 2) / FRAME_SHIFT);

/** One row of `FEATURES` numbers a frame. */
export function logMel(samples: Float32Array): Float32Array {
  const frames = frameCount(samples.length);
  const features = new Float32Array(frames * FEATURES);
  const real = new Float64Array(FFT);
  const imaginary = new Float64Array(FFT);
  // Two real frames share one complex transform.
  for (let frame = 0; frame < frames; frame += 2) {
    window(samples, frame, real);
    if (frame + 1 < frames) window(samples, frame + 1, imaginary);
    else imaginary.fill(0);
    transform(real, imaginary);
    for (let which = 0; which < 2 && frame + which < frames; which += 1)
      writeBins(real, imaginary, which === 0 ? 1 : -1, features, (frame + which) * FEATURES);
  }
  return features;
}

function window(samples: Float32Array, frame: number, into: Float64Array): void {
  const count = samples.length;
  const start = frame * FRAME_SHIFT + FRAME_SHIFT / 2 - FRAME_LENGTH / 2;
  let sum = 0;
  for (let at = 0; at < FRAME_LENGTH; at += 1) {
    let place = start + at;
    if (place < 0) place = -place - 1;
    if (place >= count) place = Math.max(0, 2 * count - 1 - place);
    const value = samples[place] as number;
    into[at] = value;
    sum += value;
  }
  const mean = sum / FRAME_LENGTH;
  let before = (into[0] as number) - mean;
  for (let at = 0; at < FRAME_LENGTH; at += 1) {
    const value = (into[at] as number) - mean;
    into[at] = (value - PREEMPHASIS * before) * (povey[at] as number);
    before = value;
  }
  into.fill(0, FRAME_LENGTH);
}

/** Fast Fourier transform in place. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  for (let at = 0; at < FFT; at += 1) {
    const other = reversed[at] as number;
    if (other <= at) continue;
    [real[at], real[other]] = [real[other] as number, real[at] as number];
    [imaginary[at], imaginary[other]] = [imaginary[other] as number, imaginary[at] as number];
  }
  for (let half = 1; half < FFT; half *= 2) {
    const stride = FFT / (2 * half);
    for (let start = 0; start < FFT; start += 2 * half) {
      for (let at = 0; at < half; at += 1) {
        const low = start + at;
        const high = low + half;
        const c = cosines[at * stride] as number;
        const s = sines[at * stride] as number;
        const hr = real[high] as number;
        const hi = imaginary[high] as number;
        const r = hr * c - hi * s;
        const i = hr * s + hi * c;
        real[high] = (real[low] as number) - r;
        imaginary[high] = (imaginary[low] as number) - i;
        real[low] = (real[low] as number) + r;
        imaginary[low] = (imaginary[low] as number) + i;
      }
    }
  }
}

/** `sign` 1 reads the frame that went in as the real part, -1 the imaginary one. */
function writeBins(
  real: Float64Array,
  imaginary: Float64Array,
  sign: 1 | -1,
  features: Float32Array,
  to: number,
): void {
  bins.forEach(({ first, weights }, bin) => {
    let energy = 0;
    for (let at = 0; at < weights.length; at += 1) {
      const k = first + at;
      const mirror = (FFT - k) % FFT;
      const a = (real[k] as number) + sign * (real[mirror] as number);
      const b = (imaginary[k] as number) - sign * (imaginary[mirror] as number);
      energy += (weights[at] as number) * 0.25 * (a * a + b * b);
    }
    features[to + bin] = Math.log(Math.max(energy, ENERGY_FLOOR));
  });
}
