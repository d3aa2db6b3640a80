import { failure, success } from '../../app/domain/result.ts';
import type { Result } from '../../app/domain/result.ts';
import type { Sound } from './port.ts';

const pcm = 1;

/** Sound of a WAV file of 16-bit PCM; two channels become one. The failure says what it is instead. */
export function soundOfWav(file: Uint8Array): Result<Sound, string> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (
    bytes.length < 12 ||
    bytes.toString('latin1', 0, 4) !== 'RIFF' ||
    bytes.toString('latin1', 8, 12) !== 'WAVE'
  )
    return failure('not a WAV file');
  let format: { code: number; channels: number; samplesPerSecond: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const start = at + 8;
    // Recorders that write to a pipe do not know the length and claim a huge one.
    const end = Math.min(bytes.length, start + bytes.readUInt32LE(at + 4));
    if (name === 'fmt ' && end - start >= 16) {
      format = {
        code: bytes.readUInt16LE(start),
        channels: bytes.readUInt16LE(start + 2),
        samplesPerSecond: bytes.readUInt32LE(start + 4),
        bits: bytes.readUInt16LE(start + 14),
      };
    }
    if (name === 'data') {
      if (format?.code !== pcm || format.bits !== 16) return failure('not 16-bit PCM');
      if (format.channels < 1 || format.channels > 2) return failure(`${format.channels} channels`);
      if (format.samplesPerSecond < 8000 || format.samplesPerSecond > 48_000)
        return failure(`${format.samplesPerSecond} samples per second`);
      return success({
        samples: oneChannel(bytes.subarray(start, end), format.channels),
        samplesPerSecond: format.samplesPerSecond,
      });
    }
    at = end + ((end - start) % 2);
  }
  return failure('no sound in it');
}

function oneChannel(bytes: Buffer, channels: number): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / (2 * channels)));
  for (let at = 0; at < samples.length; at += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1)
      sum += bytes.readInt16LE((at * channels + channel) * 2);
    samples[at] = Math.round(sum / channels);
  }
  return samples;
}
