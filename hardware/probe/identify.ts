import { samCommands } from '../id-card-reader/commands.ts';
import { SamExchange } from '../id-card-reader/exchange.ts';
import { samIdText } from '../id-card-reader/sam-id.ts';
import { SerialLink } from '../link/index.ts';
import type { ByteLink } from '../link/index.ts';
import type { DeviceLog } from '../log.ts';
import { PrinterConversation, printerTiming, sleep } from '../receipt-printer/conversation.ts';
import { encodeSentence, SentenceReader } from '../queue-counter/sentence.ts';
import type { CandidatePort } from './ports.ts';
import { identityOf } from './printer-identity.ts';
import type { PrinterIdentity } from './printer-identity.ts';

/** What answered at a port. `silent`: nothing that we know. `busy`: another program has it open. */
export type Found =
  | ({ kind: 'printer'; path: string; baudRate: number } & PrinterIdentity)
  /** `speeds`: all at which it answers; more than one when it finds the speed by itself. */
  | { kind: 'card_reader'; path: string; baudRate: number; samId: string; speeds: number[] }
  | { kind: 'queue_counter'; path: string; baudRate: number; hall: string }
  | { kind: 'silent' | 'busy' | 'forbidden' | 'missing'; path: string };

/** The usual ones first. */
const speeds = [115_200, 9600, 19_200, 38_400, 57_600] as const;
const openLimitMs = 1500;
const answerMs = 250;
const quiet: DeviceLog = { info: () => undefined, warn: () => undefined };
const timing = { ...printerTiming, answers: [answerMs], settle: 20 };
/** Empties the line that a question for another kind of device may have left in a printer. */
const initialise = Uint8Array.of(0x1b, 0x40);

/** Asks at each speed who is there: first as a printer, whose question is harmless to the others, then as a reader, then as a queue counter. */
export async function identify({ path, access }: CandidatePort): Promise<Found> {
  if (access !== 'open') return { kind: access, path };
  const link = new SerialLink({ path, baudRate: speeds[0] });
  const conversation = new PrinterConversation(link, timing, 'dle-eot');
  const exchange = new SamExchange(link, quiet, 20);
  try {
    for (const [tried, baudRate] of speeds.entries()) {
      if (tried > 0) link.reopen(baudRate);
      if (!(await isOpen(link))) return { kind: 'busy', path };
      if ((await conversation.ask(1)) !== undefined) {
        await link.write(initialise);
        return { kind: 'printer', path, baudRate, ...(await identityOf(link, conversation, answerMs)) };
      }
      const status = await exchange.ask(samCommands.status, answerMs);
      if (typeof status !== 'string') {
        const samId = await samIdOf(exchange);
        const others = await speedsFrom(tried + 1, link, exchange);
        return { kind: 'card_reader', path, baudRate, samId, speeds: [baudRate, ...others] };
      }
      const hall = await hallAt(link);
      if (hall !== undefined) return { kind: 'queue_counter', path, baudRate, hall };
    }
    return { kind: 'silent', path };
  } finally {
    conversation.close();
    await link.close();
  }
}

async function isOpen(link: ByteLink): Promise<boolean> {
  const end = performance.now() + openLimitMs;
  while (link.state !== 'open' && performance.now() < end) await sleep(10);
  return link.state === 'open';
}

async function samIdOf(exchange: SamExchange): Promise<string> {
  const answer = await exchange.ask(samCommands.samId, answerMs);
  return typeof answer === 'string' || answer.data.length !== 16 ? '' : samIdText(answer.data);
}

/** At which of the speeds from this one on a reader answers too. */
async function speedsFrom(first: number, link: ByteLink, exchange: SamExchange): Promise<number[]> {
  const heard: number[] = [];
  for (const baudRate of speeds.slice(first)) {
    link.reopen(baudRate);
    if (!(await isOpen(link))) return heard;
    if (typeof (await exchange.ask(samCommands.status, answerMs)) !== 'string') heard.push(baudRate);
  }
  return heard;
}

/** The name of the hall whose counter answers; undefined when none does. */
async function hallAt(link: ByteLink): Promise<string | undefined> {
  const reader = new SentenceReader();
  let hall: string | undefined;
  const off = link.onBytes((bytes) => {
    for (const { word, fields } of reader.push(bytes)) if (word === 'HELLO') hall = fields[0] ?? '';
  });
  await link.write(encodeSentence({ word: 'HELLO', id: '0', fields: [] }));
  await sleep(answerMs);
  off();
  return hall;
}
