/** What is to be said; answered in order. */
export interface VoiceRequest {
  request: number;
  words: string;
  pace: number;
}

export interface VoiceReply {
  request: number;
  wav: Uint8Array;
}

const HEADER_BYTES = 44;

/** A WAV file of mono samples between -1 and 1, 16 bits each. */
export function wavOf(samples: Float32Array, sampleRate: number): Uint8Array {
  const file = Buffer.alloc(HEADER_BYTES + 2 * samples.length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(2 * sampleRate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * samples.length, 40);
  for (const [at, sample] of samples.entries())
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), HEADER_BYTES + 2 * at);
  return file;
}
