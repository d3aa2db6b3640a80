import type { ByteLink } from '../link/index.ts';
import type { PrinterConversation } from '../receipt-printer/conversation.ts';
import { sleep } from '../receipt-printer/conversation.ts';

/** What a printer tells of itself by GS I, by the number that asks for it (hardware.md 2.7). */
const texts = { firmware: 0x41, maker: 0x42, model: 0x43, serial: 0x44, font: 0x45 } as const;
/** One byte each on most models; MASUNG answers the last three with maker, model and Chinese encoding. */
const codes = [1, 2, 3, 4, 5, 6];

/** Facts of a printer for its profile: the four states as they are now, and what it tells of itself. */
export interface PrinterIdentity {
  /** Answers to DLE EOT 1 to 4 in hex; `--` where there was none. */
  states: string;
  /** By name; what a printer does not tell is missing. */
  told: Readonly<Record<string, string>>;
}

/** Asks a printer that answers for all it tells; a question that it does not know is answered by nothing in `answerMs`. */
export async function identityOf(
  link: ByteLink,
  conversation: PrinterConversation,
  answerMs: number,
): Promise<PrinterIdentity> {
  const states: string[] = [];
  for (const which of [1, 2, 3, 4] as const) {
    const answer = await conversation.ask(which);
    states.push(answer === undefined ? '--' : answer.toString(16).padStart(2, '0'));
  }
  const told: Record<string, string> = {};
  for (const [name, number] of Object.entries(texts)) {
    const text = textIn(await answerTo(link, number, answerMs));
    if (text !== undefined) told[name] = text;
  }
  for (const number of codes) {
    const answer = await answerTo(link, number, answerMs);
    if (answer.length > 0) told[`GS I ${number}`] = textIn(answer) ?? answer.toString('hex');
  }
  return { states: states.join(' '), told };
}

async function answerTo(link: ByteLink, number: number, answerMs: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const off = link.onBytes((bytes) => pieces.push(Buffer.from(bytes)));
  await link.write(Uint8Array.of(0x1d, 0x49, number));
  await sleep(answerMs);
  off();
  return Buffer.concat(pieces);
}

/** Texts stand between `_` and a zero. */
function textIn(answer: Buffer): string | undefined {
  return /_([\x20-\x7e]{1,40})\0/.exec(answer.toString('latin1'))?.[1]?.trim();
}
