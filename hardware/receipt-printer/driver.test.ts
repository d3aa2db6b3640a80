import { afterEach, describe, expect, it } from 'vitest';

import {
  rareDocument,
  recordingLog,
  sampleDocument,
  slipLines,
  slipSignature,
  until,
} from '../../tests/contract/devices.samples.ts';
import { MemoryLink } from '../link/index.ts';
import type { PrinterTiming } from './conversation.ts';
import { encodeReceipt } from './encoder.ts';
import { layoutReceipt } from '../../app/domain/receipt/layout.ts';
import {
  findLineArtist,
  parsePrinterProfile,
  ReceiptPrinter,
  shippedPrinterProfile,
  printerProfileNames,
} from './index.ts';
import type { PrinterProfile } from './index.ts';
import { SimulatedPrinter } from './simulator.ts';

const timing: PrinterTiming = {
  ...{ heartbeat: 30, fullRound: 60, answers: [30, 60, 100], settle: 10 },
  ...{ finishing: 10, finishSlack: 100, quiet: 100, slowestMmPerSecond: 1000 },
  ...{ remind: 150, retract: 300, grace: 60 },
};

function profileOf(name: string): PrinterProfile {
  const profile = shippedPrinterProfile(name);
  if (!profile.ok) throw new Error(profile.failure);
  return profile.value;
}

const open: ReceiptPrinter[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((printer) => printer.close()));
});

async function setUp(
  name = 'generic-80mm',
  artist = findLineArtist(),
  device = new SimulatedPrinter({ columns: profileOf(name).columns }),
) {
  const profile = profileOf(name);
  const link = new MemoryLink(device);
  const log = recordingLog();
  const printer = new ReceiptPrinter({ link, baudRate: 115_200, profile, log, timing, artist });
  open.push(printer);
  await until('ready', () => printer.status().state === 'ready');
  return { profile, device, link, printer, log };
}

describe('profiles', () => {
  it('ship complete', () => {
    expect(printerProfileNames).toContain('snbc-bt-t080');
    for (const name of printerProfileNames) expect(shippedPrinterProfile(name)).toMatchObject({ ok: true });
  });

  it('name a wrong key, a wrong value and an unknown name', () => {
    const good = profileOf('generic-80mm');
    expect(parsePrinterProfile({ ...good, papperMm: 80 })).toMatchObject({
      ok: false,
      failure: expect.stringContaining('papperMm'),
    });
    expect(parsePrinterProfile({ ...good, cut: 'axe' })).toMatchObject({
      ok: false,
      failure: expect.stringContaining('cut'),
    });
    expect(shippedPrinterProfile('toString')).toMatchObject({
      ok: false,
      failure: expect.stringContaining('generic-58mm'),
    });
  });
});

describe('printing', () => {
  it.each(printerProfileNames)('prints what the layout shows: %s', async (name) => {
    const { profile, device, printer } = await setUp(name);
    const shares: number[] = [];
    expect(await printer.print(sampleDocument, { onProgress: (share) => shares.push(share) })).toEqual({
      kind: 'printed',
    });
    const [slip] = device.takeSlips();
    expect(slipSignature(slip)).toEqual(
      slipLines(
        printer.layout(sampleDocument),
        profile.columns,
        (text) => profile.fontRom === 'ascii' && /\P{ASCII}/u.test(text),
      ),
    );
    expect(slip?.cut).toBe(profile.cut !== 'tear-bar');
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('draws lines with characters that the font of the printer lacks', async () => {
    const { profile, device, printer } = await setUp('generic-58mm');
    expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    expect(slipSignature(device.slips()[0])).toEqual(
      slipLines(printer.layout(rareDocument), profile.columns, (text) => text !== '普通的一行'),
    );
  });

  it('prints 〓 where nothing can be drawn', () => {
    const bytes = Buffer.concat(encodeReceipt(layoutReceipt(rareDocument, 48), profileOf('generic-80mm')));
    const device = new SimulatedPrinter();
    device.receive(bytes);
    expect(slipSignature(device.slips()[0]).join()).toContain('〓先生与〓女士');
  });

  it('draws different pictures for different characters and a mark for unknown ones', () => {
    const draw = findLineArtist()!;
    const style = { scale: 1, bold: false } as const;
    const rows = (text: string): string => Buffer.from(draw(text, style)!.rows).toString('hex');
    expect(rows('喆')).not.toBe(rows('堃'));
    expect(rows('🙂')).toBe(rows('〓'));
  });

  it('tells two jobs apart', async () => {
    const { device, printer } = await setUp();
    const first = printer.print(sampleDocument);
    expect(await printer.print(rareDocument)).toEqual({ kind: 'not_started', reason: 'busy' });
    expect(await first).toEqual({ kind: 'printed' });
    expect(device.slips()).toHaveLength(1);
  });
});

describe('the mouth of a presenter', () => {
  const presenting = async (presenter: PrinterProfile['presenter'], retract = 300, slowness = 1) => {
    const name = presenter === 'fs-p' ? 'custom-vkp80iii' : 'generic-80mm';
    const profile = { ...profileOf(name), presenter };
    const device = new SimulatedPrinter({ holdsSlips: presenter === 'dle-eot-5' });
    const link = new MemoryLink(device);
    const options = { baudRate: 115_200, profile, log: recordingLog(), artist: findLineArtist() };
    const slowestMmPerSecond = timing.slowestMmPerSecond / slowness;
    const printer = new ReceiptPrinter({
      ...options,
      link,
      // A machine with other work answers late; here nothing is ever silent.
      timing: { ...timing, retract, slowestMmPerSecond, answers: [300, 300] },
    });
    open.push(printer);
    await until('ready', () => printer.status().state === 'ready');
    const places: string[] = [];
    printer.onSlipPlace((place) => places.push(place));
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    return { device, printer, places };
  };

  it.each(['fs-p', 'gs-e'] as const)('sees the slip taken: %s', async (presenter) => {
    const { device, printer, places } = await presenting(presenter);
    expect(printer.slipPlace()).toBe('offered');
    device.mouth.eject();
    await until('taken', () => printer.slipPlace() === 'taken');
    expect(places).toEqual(['offered', 'taken']);
    expect(device.takeSlips()).toHaveLength(1);
  });

  it('reminds, and takes an untaken slip back', async () => {
    const { device, printer, places } = await presenting('gs-e');
    await until('back', () => printer.slipPlace() === 'retracted');
    expect(places).toEqual(['offered', 'untaken', 'retracted']);
    expect([device.mouth.retracted, device.takeSlips().length]).toEqual([1, 0]);
  });

  it('takes it back soon after the visit has ended, but not out of a hand that reaches for it', async () => {
    const { device, printer } = await presenting('gs-e', 60_000);
    const swallowed = device.mouth.retracted;
    await printer.takeSlipBack();
    expect(device.mouth.holdsSlip).toBe(true);
    expect(await until('back', () => printer.slipPlace() === 'retracted')).toBeGreaterThan(20);
    expect(device.mouth.retracted).toBe(swallowed + 1);
  });

  it('gives a slip of a visit that has ended to nobody else', async () => {
    const { device, printer } = await presenting('gs-e', 60_000);
    void printer.takeSlipBack();
    expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    const slips = device.takeSlips().map((slip) => slipSignature(slip).join());
    expect(slips).toHaveLength(1);
    expect(slips[0]).toContain('普通的一行');
  });

  it('counts the time of a printer that takes back by itself from the last byte', async () => {
    const { device, printer } = await presenting('fs-p', 300, 2);
    // The motor ran for a while after the last byte: the printer began to count before we knew that it had printed.
    await new Promise((resolve) => setTimeout(resolve, 250));
    device.mouth.retract();
    await until('back', () => printer.slipPlace() !== 'offered' && printer.slipPlace() !== 'untaken');
    expect(printer.slipPlace()).toBe('retracted');
  });

  it.each(['gs-e', 'fs-p'] as const)('follows half a slip that it pushed out: %s', async (presenter) => {
    const { device, printer } = await presenting(presenter, 200);
    device.mouth.eject();
    await until('taken', () => printer.slipPlace() === 'taken');
    device.set({ paperOutAt: 400 });
    expect(await printer.print(sampleDocument)).toMatchObject({ kind: 'interrupted' });
    device.set({ paperOut: false });
    await until('offered', () => printer.slipPlace() === 'offered');
    expect(device.mouth.holdsSlip).toBe(true);
    if (presenter === 'gs-e') await until('back', () => printer.slipPlace() === 'retracted');
  });

  it('knows a slip that the printer took back by itself', async () => {
    const { device, printer } = await presenting('fs-p');
    await until('untaken', () => printer.slipPlace() === 'untaken');
    await new Promise((resolve) => setTimeout(resolve, 250));
    device.mouth.retract();
    await until('back', () => printer.slipPlace() === 'retracted');
  });

  it('goes on reminding where the model cannot take it back', async () => {
    const { device, printer, places } = await presenting('dle-eot-5', 200);
    await until('untaken', () => printer.slipPlace() === 'untaken');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await printer.takeSlipBack();
    expect(printer.slipPlace()).toBe('untaken');
    device.mouth.eject();
    await until('taken', () => printer.slipPlace() === 'taken');
    expect(places).toEqual(['offered', 'untaken', 'taken']);
  });

  it('makes room for the next slip of the same person', async () => {
    const { device, printer } = await presenting('gs-e', 60_000);
    expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    expect(device.slips()).toHaveLength(1);
    expect(device.takeSlips()).toHaveLength(2);
  });
});

describe('broken things', () => {
  /** Two parts of a slip, and letters that every model has. */
  const plainLines = {
    title: 'Test',
    blocks: Array.from({ length: 40 }, (_, at) => ({ kind: 'text', text: `line ${at}` }) as const),
  };

  it.each([
    ['paperOut', 'paper_out'],
    ['coverOpen', 'cover_open'],
    ['cutterJam', 'cutter_jam'],
    ['overheated', 'overheated'],
  ] as const)('sends nothing with %s and heals', async (trouble, reason) => {
    const { device, printer } = await setUp();
    device.set({ [trouble]: true });
    const before = device.workedOff;
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'not_started', reason });
    expect(printer.status()).toEqual({ state: 'fault', fault: reason });
    device.set({ [trouble]: false });
    expect(device.workedOff).toBe(before);
    await until('ready again', () => printer.status().state === 'ready');
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
  });

  it('notices trouble when idle, and paper that ends soon does not stop it', async () => {
    const { device, printer } = await setUp();
    device.set({ nearEnd: true });
    await until('paper low', () => {
      const status = printer.status();
      return status.state === 'ready' && status.paperLow;
    });
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    device.set({ coverOpen: true });
    await until('cover', () => printer.status().state === 'fault');
  });

  it('says interrupted wherever in the job the paper ends, printed only when all is on paper', async () => {
    const { device, printer, profile } = await setUp();
    // The first job begins with a clean-up.
    await printer.print(plainLines);
    const total = Buffer.concat(
      encodeReceipt(layoutReceipt(sampleDocument, profile.columns), profile),
    ).length;
    for (let at = 0; at <= total + 20; at += 173) {
      device.takeSlips();
      device.set({ paperOutAt: at });
      const outcome = await printer.print(sampleDocument);
      if (at >= total + 3) expect(outcome).toEqual({ kind: 'printed' });
      else expect([at, outcome]).toEqual([at, { kind: 'interrupted', reason: 'paper_out' }]);
      device.set({ paperOut: false, paperOutAt: undefined });
      await until('ready again', () => printer.status().state === 'ready');
    }
  }, 30_000);

  it('keeps the rest of an interrupted slip apart from the next one', async () => {
    const { device, printer, profile } = await setUp();
    await printer.print(plainLines);
    device.takeSlips();
    device.set({ paperOutAt: 900 });
    await printer.print(sampleDocument);
    device.set({ paperOut: false });
    await until('ready again', () => printer.status().state === 'ready');
    expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    expect(slipSignature(device.slips().at(-1))).toEqual(
      slipLines(printer.layout(rareDocument), profile.columns, (text) => /[𠮷喆]/u.test(text)),
    );
    expect(device.slips()).toHaveLength(2);
  });

  it('prints, feeds and cuts nothing before somebody prints', async () => {
    const device = new SimulatedPrinter();
    const receive = device.receive.bind(device);
    const came: number[] = [];
    device.receive = (bytes) => {
      came.push(...bytes);
      return receive(bytes);
    };
    await setUp('generic-80mm', undefined, device);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const said = Buffer.from(came).toString('hex');
    expect(said.replaceAll(/1004(01|02|03|04)|1d6100/g, '')).toBe('');
  });

  it('finds a printer that waits for the rest of a picture of a driver that died', async () => {
    const device = new SimulatedPrinter();
    device.receive(Buffer.from('1d7630004800f000', 'hex'));
    const { printer } = await setUp('generic-80mm', undefined, device);
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
  });

  it('cuts off what a driver that died left behind, before the first job', async () => {
    const profile = profileOf('generic-80mm');
    const pieces = encodeReceipt(layoutReceipt(sampleDocument, profile.columns), profile);
    const device = new SimulatedPrinter({ columns: profile.columns });
    device.receive(Buffer.concat(pieces).subarray(0, 400));
    const { printer } = await setUp('generic-80mm', findLineArtist(), device);
    expect(device.slips()).toMatchObject([{ cut: false }]);
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    const [left, ...printed] = device.slips();
    expect(left?.cut).toBe(true);
    expect(printed.map(slipSignature)).toEqual([
      slipLines(printer.layout(sampleDocument), profile.columns, () => false),
    ]);
  });

  it('recovers a printer that waits for the rest of a picture', async () => {
    const { device, printer, profile, link } = await setUp();
    link.unplug(4000);
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'absent' });
    link.replug();
    await until('ready again', () => printer.status().state === 'ready');
    device.takeSlips();
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    expect(slipSignature(device.slips().at(-1))).toEqual(
      slipLines(printer.layout(sampleDocument), profile.columns, () => false),
    );
  });

  it('does not claim a slip that was not cut', async () => {
    const { device, printer } = await setUp();
    await printer.print(plainLines);
    device.set({ jamAtCut: true });
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'cutter_jam' });
  });

  it('notices the unplugged cable anywhere in a job and heals', async () => {
    for (const at of [0, 40, 700, 4000]) {
      const { link, printer, device } = await setUp();
      // The first job begins with a clean-up.
      await printer.print(plainLines);
      link.unplug(at + 12);
      const outcome = await printer.print(sampleDocument);
      expect(outcome).toMatchObject(
        at === 0 ? { reason: 'absent' } : { kind: 'interrupted', reason: 'absent' },
      );
      expect(printer.status()).toEqual({ state: 'absent' });
      device.powerCycle();
      link.replug();
      await until('ready again', () => printer.status().state === 'ready');
      expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    }
  });

  it('sees a silent printer as offline, never as printed', async () => {
    const { device, printer } = await setUp();
    device.set({ silent: true });
    await until('offline', () => printer.status().state === 'fault');
    expect(await printer.print(sampleDocument)).toMatchObject({ kind: 'not_started' });
    device.set({ silent: false });
    await until('ready again', () => printer.status().state === 'ready');
  });

  it('falls silent in mid-job: interrupted', async () => {
    const { device, printer } = await setUp();
    const outcome = await printer.print(sampleDocument, {
      onProgress: (share) => share > 0.5 && device.set({ silent: true }),
    });
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'offline' });
  });

  it.each(['generic-80mm', 'custom-vkp80iii'])(
    'claims no slip of which a deaf printer may have missed a part: %s',
    async (name) => {
      const { device, printer } = await setUp(name);
      // The first job begins with a clean-up.
      await printer.print(plainLines);
      const receive = device.receive.bind(device);
      let deaf: 'soon' | 'once more' | 'no longer' = 'soon';
      device.receive = (bytes) => {
        if (deaf === 'no longer') return receive(bytes);
        if (deaf === 'soon' && bytes.length < 100) return receive(bytes);
        // The first part of the slip is lost, and the question after it; the question asked again is answered.
        deaf = deaf === 'soon' ? 'once more' : 'no longer';
        return [];
      };
      expect(await printer.print(plainLines)).toEqual({ kind: 'interrupted', reason: 'offline' });
      expect(deaf).toBe('no longer');
      await until('ready again', () => printer.status().state === 'ready');
      expect(await printer.print(plainLines)).toEqual({ kind: 'printed' });
    },
  );

  it('claims no slip after an answer that nobody asked for', async () => {
    const { device, printer } = await setUp();
    const receive = device.receive.bind(device);
    device.receive = (bytes) => {
      const replies = receive(bytes);
      return bytes.length < 100 ? replies : [...replies, { bytes: Uint8Array.of(0), delayMs: 0 }];
    };
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'offline' });
  });

  it('sends no rest of a slip to a later connection', async () => {
    const { device, printer, link } = await setUp();
    const outcome = await printer.print(sampleDocument, {
      onProgress: (share) => {
        if (share > 0.5) return;
        link.unplug();
        link.replug();
      },
    });
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'absent' });
    await until('ready again', () => printer.status().state === 'ready');
    expect(device.takeSlips()).toMatchObject([{ cut: true }]);
  });

  it('waits for the motor of a printer that tells of it, however soon its slip should be printed', async () => {
    const device = new SimulatedPrinter({ columns: 48, mmPerSecond: 200 });
    const { printer } = await setUp('custom-vkp80iii', findLineArtist(), device);
    const started = performance.now();
    const lengthMm = 30;
    expect(await printer.print({ title: 'Test', blocks: [{ kind: 'text', text: 'line' }] })).toEqual({
      kind: 'printed',
    });
    expect(performance.now() - started).toBeGreaterThan((lengthMm / 200) * 1000);
  });

  it('claims no slip while the motor of the printer does not stop', async () => {
    const device = new SimulatedPrinter({ columns: 48, mmPerSecond: 10 });
    const { printer } = await setUp('custom-vkp80iii', findLineArtist(), device);
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'offline' });
  });

  it('cancels what has not been sent', async () => {
    const { device, printer } = await setUp();
    const stop = new AbortController();
    const outcome = await printer.print(sampleDocument, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'cancelled' });
    expect(device.slips()).toMatchObject([{ cut: true }]);
    expect(await printer.print(sampleDocument, { signal: AbortSignal.abort() })).toEqual({
      kind: 'not_started',
      reason: 'cancelled',
    });
  });

  it('keeps a cancelled slip that could not be cut apart from the next one', async () => {
    const { device, printer, link } = await setUp();
    const stop = new AbortController();
    const outcome = await printer.print(sampleDocument, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
        link.unplug();
      },
    });
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'absent' });
    link.replug();
    await until('ready again', () => printer.status().state === 'ready');
    expect(device.slips()).toMatchObject([{ cut: true }]);
  });

  it('is not misled by flow control and broken bytes between the answers', async () => {
    const { device, printer } = await setUp();
    device.set({ noise: true });
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    device.set({ coverOpen: true });
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'not_started', reason: 'cover_open' });
  });

  it('does not take a stray byte of a dying line for the end of the job', async () => {
    const { device, printer } = await setUp();
    const receive = device.receive.bind(device);
    device.receive = (bytes) => {
      if (bytes[0] !== 0x1d || bytes[1] !== 0x72) return receive(bytes);
      device.set({ silent: true });
      return [{ bytes: Uint8Array.of(0), delayMs: 0 }];
    };
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'offline' });
  });

  it('reads slow answers right', async () => {
    const { device, printer } = await setUp();
    device.set({ answerDelayMs: 40 });
    device.set({ coverOpen: true });
    await until('cover', () => {
      const status = printer.status();
      return status.state === 'fault' && status.fault === 'cover_open';
    });
    device.set({ coverOpen: false });
    await until('ready again', () => printer.status().state === 'ready');
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
  });

  it('logs no text of a slip', async () => {
    const { printer, log } = await setUp();
    await printer.print(sampleDocument);
    expect(log.lines.join()).toContain('job ended');
    expect(log.lines.join()).not.toMatch(/\p{Script=Han}/u);
  });
});
