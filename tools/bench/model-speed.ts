import { readFileSync } from 'node:fs';

import { readModelFolder } from '../../models/speech/index.ts';
import { openRecogniser } from '../../models/speech/recogniser.ts';

/** Runs one model in a process of its own; sound comes in on stdin (32-bit samples, 16 kHz), figures go out as JSON. */
const RATE = 16_000;
const STEP = RATE / 10;
const folder = readModelFolder(process.argv[2] ?? '');
if (!folder.ok) throw new Error(folder.failure.code);
const bytes = readFileSync(0);
const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const before = process.memoryUsage().rss;
const recogniser = openRecogniser(folder.value, 1);
const startedAt = performance.now();
// Utterances of five seconds, as somebody asks.
for (let start = 0; start < samples.length; start += 5 * RATE) {
  const utterance = recogniser.begin();
  for (let at = start; at < Math.min(samples.length, start + 5 * RATE); at += STEP)
    utterance.accept(samples.slice(at, at + STEP));
  utterance.finish();
  utterance.discard();
}
const seconds = (performance.now() - startedAt) / 1000;
const peak = 1024 * process.resourceUsage().maxRSS;
console.log(
  JSON.stringify({
    type: folder.value.manifest.type,
    factor: seconds / (samples.length / RATE),
    megabytes: Math.max(0, peak - before) / 1e6,
  }),
);
