import { recordingLog, until } from './devices.samples.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import { IdCardReader } from '../../hardware/id-card-reader/index.ts';
import type { CardReading } from '../../hardware/id-card-reader/port.ts';
import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import type { CardReaderTiming } from '../../hardware/id-card-reader/timing.ts';

/** Waits so short that a test need not. */
export const quickTiming: CardReaderTiming = {
  ...{ find: 10, keepAlive: 100, settle: 10, probeRound: 20, idleRound: 2000, patience: 0.06 },
};

/** A driver on a simulated reader; `device` may be broken before the driver meets it. */
export function openReader(device = new SimulatedCardReader()) {
  const link = new MemoryLink(device);
  const log = recordingLog();
  const reader = new IdCardReader({ link, log, today: () => '2026-06-01', timing: quickTiming });
  return { device, link, log, reader };
}

/** The same, once it is ready. */
export async function readyReader() {
  const opened = openReader();
  await until('ready', () => opened.reader.status().state === 'ready');
  return opened;
}

/** Readings as words; `each` may move the cards. */
export async function readWords(
  reader: IdCardReader,
  each: (word: string) => void = () => undefined,
  { timeoutMs = 3000, signal = new AbortController().signal } = {},
): Promise<string[]> {
  const words: string[] = [];
  for await (const reading of reader.read({ signal, timeoutMs })) {
    words.push(wordOf(reading));
    each(words.at(-1) ?? '');
  }
  return words;
}

function wordOf(reading: CardReading): string {
  if (reading.kind === 'read') return `read ${reading.card.name.reveal()} ${reading.card.number.reveal()}`;
  return 'reason' in reading ? `${reading.kind} ${reading.reason}` : reading.kind;
}

/** How a reading of the cards `jia` and `yi` ends. */
export const jia = 'read 测试甲 530000199001010011';
export const yi = 'read 测试乙 53000019851231002X';
