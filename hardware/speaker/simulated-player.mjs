/**
 * Stands for a player in tests: takes raw 16-bit sound on stdin as fast as it would be heard.
 * Usage: simulated-player.mjs play|fail|hang SAMPLES_PER_SECOND [OUT_FILE]
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [how = 'play', rate = '16000', out] = process.argv.slice(2);
if (how === 'fail') process.exit(1);
if (how === 'hang') await sleep(60_000);
const started = performance.now();
const pieces = [];
for await (const piece of process.stdin) pieces.push(piece);
const sound = Buffer.concat(pieces);
await sleep(Math.max(0, (sound.length / 2 / Number(rate)) * 1000 - (performance.now() - started)));
if (out) writeFileSync(out, sound);
