import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';

import { Journal, type JournalEvent } from '../../app/core/journal/index.ts';

/**
 * Writes events into a real journal until it is killed, and says each number on stdout once the event is acknowledged.
 * `early` is the mistake the test must notice: it says the numbers of fifty events before it commits them.
 */
const [path = '', mode = 'honest'] = process.argv.slice(2);
const journal = new Journal(path, {
  now: () => Date.now(),
  newStream: () => randomBytes(16).toString('hex'),
  bootId: 'writer',
  maxBytes: 64 * 1024 * 1024,
});
const say = (seq: number): number => writeSync(1, `${seq}\n`);
const event = (index: number): JournalEvent => ({
  type: 'rating.given',
  payload: { session: '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11', score: 1 + (index % 5), reasons: [] },
});

for (let index = 0; ; index += 1) {
  if (mode === 'early') {
    journal.write((append) => {
      for (let each = 0; each < 50; each += 1) say(append(event(each)).seq);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    });
  } else {
    const written = journal.record(event(index));
    if (written.ok) say(written.value.seq);
  }
}
