/**
 * Stands for a recorder in tests and `npm run sim`: raw 16 kHz mono on stdout, as fast as sound.
 * Usage: simulated-recorder.mjs tone|zeros|nothing|flood|end [file.raw]
 */
import { readFileSync } from 'node:fs';

const [what = 'tone', file] = process.argv.slice(2);
const stepMs = 20;
const bytesPerStep = 640;
const started = performance.now();
const sound = file === undefined ? undefined : readFileSync(file);
let sent = 0;

function piece() {
  const bytes = Buffer.alloc(bytesPerStep);
  if (what === 'zeros') return bytes;
  if (sound) {
    for (let at = 0; at < bytesPerStep; at += 1) bytes[at] = sound[(sent + at) % sound.length];
    return bytes;
  }
  for (let at = 0; at < bytesPerStep; at += 2) {
    const time = (sent + at) / 2 / 16_000;
    bytes.writeInt16LE(Math.round(8000 * Math.sin(2 * Math.PI * 440 * time)), at);
  }
  return bytes;
}

function send() {
  if (what === 'end') process.exit(1);
  if (what === 'nothing') return;
  const due =
    what === 'flood' ? sent + 100 * bytesPerStep : ((performance.now() - started) / stepMs) * bytesPerStep;
  for (; sent < due; sent += bytesPerStep) process.stdout.write(piece());
}

process.stdout.on('error', () => process.exit(0));
setInterval(send, stepMs);
