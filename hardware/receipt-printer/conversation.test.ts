import { afterEach, expect, it, vi } from 'vitest';

import { success } from '../../app/domain/result.ts';
import { Dice } from '../../tests/faults/devices-schedule.ts';
import { Listeners } from '../link/index.ts';
import type { ByteLink } from '../link/index.ts';
import { PrinterConversation, printerTiming } from './conversation.ts';
import { customCondition } from './custom-status.ts';
import { conditionOf } from './status.ts';

const fuzzRuns = Number(process.env['FUZZ_FRAMES'] ?? 10_000);
/** A busy machine does some thousand answers in a second. */
const fuzzLimitMs = 120_000 + fuzzRuns;

const faults = [undefined, 'paper_out', 'cover_open', 'cutter_jam', 'overheated', 'offline'];

/** A line on which the test says what comes in, at once after each question. */
function talkingLink(answer: () => readonly Uint8Array[]): ByteLink & { say: (bytes: Uint8Array) => void } {
  const bytes = new Listeners<Uint8Array>();
  return {
    state: 'open',
    say: (said) => {
      bytes.emit(said);
    },
    onState: () => () => undefined,
    onBytes: (listener) => bytes.add(listener),
    write: () => {
      for (const piece of answer()) bytes.emit(piece);
      return Promise.resolve(success(undefined));
    },
    reopen: () => undefined,
    close: () => Promise.resolve(),
  };
}

function randomBytes(dice: Dice, allowed: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: dice.below(24) }, () => dice.below(256)).filter(allowed);
}

/** The bytes in pieces of any size. */
function pieces(dice: Dice, bytes: Uint8Array): Uint8Array[] {
  const cut = dice.below(bytes.length + 1);
  return [bytes.subarray(0, cut), bytes.subarray(cut)];
}

afterEach(() => {
  vi.useRealTimers();
});

it('counts a late answer that the next question comes into', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const well = Uint8Array.of(0x10, 0x0f, 0, 0, 0, 0);
  const nearEnd = Uint8Array.of(0x10, 0x0f, 0x04, 0, 0, 0);
  let asked = 0;
  const link = talkingLink(() => {
    asked += 1;
    return asked === 1 ? [] : [nearEnd.subarray(3), well];
  });
  const conversation = new PrinterConversation(link, printerTiming, 'custom');
  conversation.openAccount();
  const condition = conversation.condition();
  await vi.advanceTimersByTimeAsync((printerTiming.answers[0] ?? 0) + printerTiming.settle / 2);
  link.say(nearEnd.subarray(0, 3));
  await vi.advanceTimersByTimeAsync(5000);
  expect(await condition).toMatchObject({ fault: undefined, paperLow: true });
  expect(conversation.balanced).toBe(true);
  conversation.close();
});

it(
  `takes none of ${fuzzRuns} random answers for a state that the printer did not tell`,
  async () => {
    const dice = new Dice(11);
    let said = 0;
    const link = talkingLink(() => {
      // Junk without the fixed bits of an answer, then the answer, then any junk: that belongs to nobody.
      said = (dice.below(256) & 0x6c) | 0x12;
      const junk = randomBytes(dice, (byte) => (byte & 0x93) !== 0x12);
      return pieces(dice, Uint8Array.of(...junk, said, ...randomBytes(dice, () => true)));
    });
    const conversation = new PrinterConversation(link, printerTiming, 'dle-eot');
    for (let run = 0; run < fuzzRuns; run += 1) {
      const answer = await conversation.ask(1);
      if (answer !== said) expect([run, answer]).toEqual([run, said]);
      const any = () => dice.below(256);
      if (!faults.includes(conditionOf([any(), any(), any(), any()]).fault)) expect.unreachable();
    }
    conversation.close();
  },
  fuzzLimitMs,
);

it(
  `finds the status of a Custom printer in ${fuzzRuns} random answers`,
  async () => {
    const dice = new Dice(12);
    let said: Uint8Array = new Uint8Array();
    const link = talkingLink(() => {
      // XON and XOFF are no part of an answer, wherever they come.
      const status = Array.from({ length: 4 }, () => dice.below(256)).map((byte) =>
        byte === 0x11 || byte === 0x13 ? 0 : byte,
      );
      said = Uint8Array.of(0x10, 0x0f, ...status);
      const junk = randomBytes(dice, (byte) => byte !== 0x10);
      return pieces(dice, Uint8Array.of(...junk, 0x13, ...said, 0x11, ...randomBytes(dice, () => true)));
    });
    const conversation = new PrinterConversation(link, printerTiming, 'custom');
    for (let run = 0; run < fuzzRuns; run += 1) {
      const condition = await conversation.condition();
      const expected = customCondition(said);
      if (JSON.stringify(condition) !== JSON.stringify(expected))
        expect([run, condition]).toEqual([run, expected]);
      if (!faults.includes(condition?.fault)) expect.unreachable();
    }
    conversation.close();
  },
  fuzzLimitMs,
);
