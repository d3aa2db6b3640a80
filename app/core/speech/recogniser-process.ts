import { Socket } from 'node:net';

import { readModelFolder } from '../../../models/speech/index.ts';
import { openRecogniser } from '../../../models/speech/recogniser.ts';
import type { Utterance } from '../../../models/speech/recogniser.ts';
import { openVoiceActivity } from '../../../models/speech/voice-activity.ts';
import { WIRE, WIRE_FILE, WIRE_HEADER_BYTES } from './recogniser-wire.ts';
import type { FromRecogniser, ToRecogniser } from './recogniser-wire.ts';
import { createWordRepair } from './word-repair.ts';
import type { WordRepair } from './word-repair.ts';

/**
 * The process that turns sound into words: started by the core with a model folder and a detector of speech. The engine may
 * block or end it; the core goes on. Sound comes in by a pipe, lies in fixed buffers, and is overwritten.
 */
const [directory = '', detectorFile = ''] = process.argv.slice(2);
const TELL_EVERY_SAMPLES = 1_600;
const READ_BYTES = 64 * 1024;
const EXIT_UNUSABLE = 2;
/** After so long without a new utterance nothing of the last one may be left. */
const IDLE_MS = 150;

const folder = readModelFolder(directory);
if (!folder.ok) process.exit(EXIT_UNUSABLE);
const recogniser = openRecogniser(folder.value, 2);
let detector = openVoiceActivity(detectorFile);

const tell = (message: FromRecogniser) => void process.send?.(message, undefined, undefined, () => undefined);

const samples = new Float32Array(READ_BYTES / 2);
let current: { utterance: Utterance; untold: number } | null = null;
let count = 0;

function hear(bytes: Buffer): void {
  const length = bytes.length >> 1;
  if (current !== null) {
    for (let at = 0; at < length; at += 1) samples[at] = bytes.readInt16LE(2 * at) / 32_768;
    const heard = samples.subarray(0, length);
    detector.accept(heard);
    current.utterance.accept(heard);
    heard.fill(0);
    current.untold += length;
    if (current.untold >= TELL_EVERY_SAMPLES) {
      current.untold = 0;
      tell({ kind: 'progress', utterance: count, text: current.utterance.partial(), ...detector.heard() });
    }
  }
}

/** The engine overwrites what it lets go of (see `fork` in the link), so it is made to let go of all, once it is idle. */
function letGo(): void {
  detector = openVoiceActivity(detectorFile);
  // Twice: what the first finds dead is let go of before the second.
  setImmediate(() => {
    globalThis.gc?.();
    setImmediate(() => globalThis.gc?.());
  });
}

let idle: NodeJS.Timeout | undefined;

function discard(): void {
  if (current === null) return;
  current.utterance.discard();
  current = null;
  detector.clear();
  idle = setTimeout(letGo, IDLE_MS);
}

function obey(kind: number): void {
  switch (kind) {
    case WIRE.begin:
      discard();
      clearTimeout(idle);
      count += 1;
      current = { utterance: recogniser.begin(), untold: 0 };
      return;
    case WIRE.finish:
      if (current !== null)
        tell({ kind: 'final', utterance: count, ...current.utterance.finish(), ...detector.heard() });
      discard();
      return;
    case WIRE.discard:
      discard();
  }
}

const header = Buffer.alloc(WIRE_HEADER_BYTES);
let headerFilled = 0;
let payloadLeft = 0;
/** First half of a sample whose second half comes with the next read. */
const half = Buffer.alloc(2);
let halfFilled = false;

function take(part: Buffer): void {
  let rest = part;
  while (rest.length > 0) {
    if (payloadLeft > 0) {
      const payload = rest.subarray(0, payloadLeft);
      rest = rest.subarray(payload.length);
      payloadLeft -= payload.length;
      takeSound(payload);
      continue;
    }
    const wanted = rest.subarray(0, WIRE_HEADER_BYTES - headerFilled);
    wanted.copy(header, headerFilled);
    headerFilled += wanted.length;
    rest = rest.subarray(wanted.length);
    if (headerFilled < WIRE_HEADER_BYTES) return;
    headerFilled = 0;
    payloadLeft = header.readUInt32LE(4);
    obey(header.readUInt32LE(0));
  }
}

function takeSound(payload: Buffer): void {
  let sound = payload;
  if (halfFilled && sound.length > 0) {
    half[1] = sound[0] ?? 0;
    hear(half);
    half.fill(0);
    halfFilled = false;
    sound = sound.subarray(1);
  }
  if (sound.length % 2 === 1) {
    half[0] = sound.at(-1) ?? 0;
    halfFilled = true;
    sound = sound.subarray(0, -1);
  }
  hear(sound);
}

const input = new Socket({
  fd: WIRE_FILE,
  readable: true,
  writable: false,
  onread: {
    buffer: Buffer.alloc(READ_BYTES),
    callback: (length, buffer) => {
      const part = Buffer.from(buffer.buffer, buffer.byteOffset, length);
      take(part);
      part.fill(0);
      return true;
    },
  },
});
input.on('error', () => process.exit(0));
input.on('end', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

let repair: WordRepair | null = null;
process.on('message', (received) => {
  const message = received as ToRecogniser;
  if (message.kind === 'vocabulary') {
    repair = createWordRepair(message.sentences, folder.value.manifest.writes);
    input.resume();
    tell({ kind: 'ready' });
  } else if (repair !== null) {
    tell({ kind: 'repaired', request: message.request, ...repair(message) });
  }
});
