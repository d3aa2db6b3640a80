import { setTimeout as sleep } from 'node:timers/promises';

import { maskIdNumber } from '../../app/domain/identity/number.ts';
import type { CardReading } from '../../hardware/id-card-reader/port.ts';
import {
  cardReaderCodes,
  documentPrinterCodes,
  microphoneCodes,
  printerCodes,
  queueCounterCodes,
  speakerCodes,
  speechModelCodes,
} from '../../hardware/probe/index.ts';
import type { Check, FaultCode } from '../../hardware/probe/index.ts';
import { findHanFont } from '../../hardware/receipt-printer/index.ts';
import type { Devices } from '../../hardware/registry.ts';
import { chooseModel, verifyModelFolder } from '../../models/speech/index.ts';
import { checkByHand } from './hands.ts';
import type { Hands } from './hands.ts';
import { testDocument, testPage } from './pages.ts';

const settleMs = 8000;
const listenMs = 2000;
/** A hall without a counter is the usual case: nobody waits long for it. */
const queueMs = 1500;

export interface CheckOptions {
  /** Prints a page, plays a tone: what somebody can see and hear. */
  act: boolean;
  /** Waits so long for a test card; 0 not at all. */
  cardMs: number;
  /** Where the models of speech lie, and whether one made for tests counts. */
  models: { folder: string; testModels: boolean };
  /** Somebody who opens the cover and takes the paper out when told to. */
  hands?: Hands;
  say: (line: string) => void;
}

/** Tries every device of a machine, one after the other. */
export async function checkDevices(devices: Devices, options: CheckOptions): Promise<Check[]> {
  await until(() => devices.printer.status().state !== 'absent', settleMs);
  await until(() => devices.cardReader.status().state === 'ready', settleMs);
  await until(() => devices.queueCounter.status().state === 'ready', queueMs);
  return [
    await checkPrinter(devices, options),
    await checkCardReader(devices, options),
    await checkMicrophone(devices, options),
    await checkSpeaker(devices, options),
    await checkDocumentPrinter(devices, options),
    { device: 'queueCounter', codes: queueCounterCodes(devices.queueCounter.status()), facts: {} },
  ];
}

async function checkPrinter({ printer }: Devices, { act, hands }: CheckOptions): Promise<Check> {
  const facts: Record<string, string> = {};
  const failed: FaultCode[] = [];
  if (act && printer.status().state === 'ready') {
    const outcome = await printer.print(testPage(), { testsFont: true });
    facts['page'] = 'reason' in outcome ? `${outcome.kind} (${outcome.reason})` : outcome.kind;
    if (outcome.kind !== 'printed') failed.push('P09');
  }
  if (hands && printer.status().state === 'ready') failed.push(...(await checkByHand(printer, hands)));
  const codes = [...printerCodes(printer.status(), findHanFont() !== undefined), ...failed];
  return { device: 'printer', codes, facts };
}

async function checkCardReader({ cardReader }: Devices, { cardMs, say }: CheckOptions): Promise<Check> {
  const codes: FaultCode[] = cardReaderCodes(cardReader.status());
  const facts: Record<string, string | number> = {};
  const samId = cardReader.samId();
  if (samId !== undefined) facts['sam'] = samId;
  if (cardMs > 0 && codes.length === 0) {
    let last: CardReading | undefined;
    let found = performance.now();
    const seen: FaultCode[] = [];
    const off = cardReader.onStatus((status) => seen.push(...cardReaderCodes(status)));
    const { signal } = new AbortController();
    for await (const reading of cardReader.read({ signal, timeoutMs: cardMs })) {
      say(maskedReading(reading));
      if (reading.kind === 'reading') found = performance.now();
      if (reading.kind === 'read') facts['readMs'] = Math.round(performance.now() - found);
      last = reading;
    }
    off();
    if (last?.kind === 'read') facts['card'] = last.card.kind;
    else codes.push('R04', ...new Set(seen));
  }
  return { device: 'cardReader', codes, facts };
}

async function checkDocumentPrinter({ documentPrinter }: Devices, { act }: CheckOptions): Promise<Check> {
  const status = await documentPrinter.status();
  if (!act || status.state !== 'ready')
    return { device: 'documentPrinter', codes: documentPrinterCodes(status), facts: {} };
  const outcome = await documentPrinter.print(testDocument(), { title: 'TEST' });
  const page = 'reason' in outcome ? `${outcome.kind} (${outcome.reason})` : outcome.kind;
  return {
    device: 'documentPrinter',
    codes: outcome.kind === 'printed' ? [] : ['A03'],
    facts: { page },
  };
}

async function checkMicrophone({ microphone }: Devices, { act, models }: CheckOptions): Promise<Check> {
  const facts: Record<string, string | number> = {};
  let peakDb = -96;
  let noiseDb: number | undefined;
  if (act && microphone.status().state !== 'absent') {
    const { signal } = new AbortController();
    for await (const each of microphone.record({ signal, timeoutMs: listenMs })) {
      if (each.kind === 'failed') break;
      peakDb = Math.max(peakDb, each.level.peakDb);
      facts['peakDb'] = Math.round(peakDb);
      noiseDb = each.level.noiseDb;
      each.samples.fill(0);
    }
    if (noiseDb !== undefined) facts['noiseDb'] = Math.round(noiseDb);
  }
  const codes = microphoneCodes(microphone.status(), noiseDb);
  // Where nobody can speak no model is missed.
  if (codes.includes('M01')) return { device: 'microphone', codes, facts };
  const model = await checkSpeechModel(models);
  if (model.id !== undefined) facts['model'] = model.id;
  return { device: 'microphone', codes: [...codes, ...speechModelCodes(model.state)], facts };
}

/** The model that would listen, every byte of it looked at: a kiosk itself only looks at sizes. */
async function checkSpeechModel({
  folder,
  testModels,
}: CheckOptions['models']): Promise<{ state: 'whole' | 'none' | 'broken'; id?: string }> {
  const chosen = chooseModel(folder, 'hear', testModels);
  if (!chosen.ok) return { state: chosen.failure === 'none' ? 'none' : 'broken' };
  const { directory, manifest } = chosen.value;
  const whole = await verifyModelFolder(directory);
  return { state: whole.ok ? 'whole' : 'broken', id: manifest.id };
}

async function checkSpeaker({ speaker }: Devices, { act }: CheckOptions): Promise<Check> {
  await until(() => speaker.status().state === 'ready', 1000);
  if (act && speaker.status().state === 'ready') await speaker.play(testTone());
  return { device: 'speaker', codes: speakerCodes(speaker.status()), facts: {} };
}

/** What was read of a card, as far as anybody but its owner may see it. */
function maskedReading(reading: CardReading): string {
  if (reading.kind !== 'read')
    return 'reason' in reading ? `${reading.kind} ${reading.reason}` : reading.kind;
  const { card } = reading;
  const [first = ''] = card.name.reveal();
  return `read ${card.kind} ${first}** ${maskIdNumber(card.number.reveal())}`;
}

function testTone(): { samples: Int16Array; samplesPerSecond: number } {
  const samplesPerSecond = 16_000;
  const samples = Int16Array.from({ length: samplesPerSecond }, (_, at) =>
    Math.round(6000 * Math.sin((2 * Math.PI * 440 * at) / samplesPerSecond)),
  );
  return { samples, samplesPerSecond };
}

async function until(ready: () => boolean, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (!ready() && performance.now() < end) await sleep(20);
}
