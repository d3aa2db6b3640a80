import { join } from 'node:path';

import { createRouterClient } from '@orpc/server';

import type { KioskState } from '../contract/kiosk.ts';
import type { Devices } from '../../hardware/registry.ts';
import { soundOfWav } from '../../hardware/speaker/index.ts';
import { createCalculator } from './calculate/index.ts';
import type { DeviceSettings, SettingsSource } from './device/index.ts';
import type { Log } from './diagnose/index.ts';
import { today, type Clock, type Randomness } from './edges.ts';
import { Journal } from './journal/index.ts';
import type { Knowledge } from './knowledge.ts';
import { StateBoard } from './kiosk/index.ts';
import { LyingCard } from './identity/index.ts';
import { listeningOf, watchListening, type HearingPort } from './listen/index.ts';
import { abandonJobsOfStoppedCore } from './receipt/index.ts';
import { createRouter, type CoreClient, type CoreParts, type CoreRouter } from './router.ts';
import { Sessions } from './session/index.ts';
import { remindAloud, speechOf, voicesOf, type ModelVoice } from './speech/index.ts';
import { httpTransport, Uplink, type Transport } from './sync/index.ts';

interface CoreOptions {
  /** The data folder of this machine; nobody else may have it open (see `lockHome`). */
  home: string;
  device: DeviceSettings;
  /** Where `device` was read from; told in the journal. */
  deviceSource: SettingsSource;
  knowledge: Knowledge;
  devices: Devices;
  /** Full path of the program that speaks; null when it is not installed. */
  synthesiser: string | null;
  /** The installed model that speaks, closed with the core; null without one. */
  modelVoice: ModelVoice | null;
  /** Turns speech into words; closed with the core. */
  hearing: HearingPort;
  clock: Clock;
  random: Randomness;
  log: Log;
  /** Called for what nobody expected. */
  onBug: (error: unknown) => void;
  /** The way to the hub; HTTP to `device.hub.url` unless told otherwise. */
  transport?: Transport;
  /** The longest first wait after a failed exchange with the hub, in ms. */
  firstRetryMs?: number;
}

export interface Core {
  router: CoreRouter;
  /** Calls the router without any wire: tests and tools. */
  client: CoreClient;
  /** Ends the visit and closes everything; again is the same. */
  close(): Promise<void>;
}

const JOURNAL_BYTES = 64 * 1024 * 1024;
const PROBE_EVERY_MS = 5_000;

/** Puts the core together. The home screen can be served once it returns. */
export function createCore(options: CoreOptions): Core {
  const { home, device, devices, knowledge, hearing, clock, random, log } = options;
  const { answers, status: content } = knowledge;
  const day = () => today(clock);
  const journal = new Journal(join(home, 'journal.db'), {
    now: () => clock.now(),
    newStream: () => random.bytes(16).toString('hex'),
    bootId: random.uuid(),
    maxBytes: JOURNAL_BYTES,
  });
  const voices = voicesOf({
    prompts: knowledge.prompts,
    model: options.modelVoice,
    synthesiser: options.synthesiser,
  });
  const board = new StateBoard({
    site: device.site,
    panel: device.panel,
    printer: devices.printer.status(),
    cardReader: devices.cardReader.status(),
    leftBehind: { card: false, slip: 'nothing' },
    content: knowledge.status,
    journal: { ...journal.status(), hub: device.hub === null ? 'not_configured' : 'unreachable' },
    speech: speechOf(voices.length > 0, devices.speaker.status()),
    listening: listeningOf(hearing.status(), devices.microphone.status()),
    intakeOffered: device.intakeRecipientKey !== null,
  });
  const sessions = new Sessions({ journal, clock, random });
  const speech = { voices, speaker: devices.speaker, soundOf: soundOfWav };
  const remind = (what: 'card' | 'slip'): void => void remindAloud(speech, what, sessions.lastLanguage);
  const lyingCard = new LyingCard({
    reader: devices.cardReader,
    tell: (card) => board.update({ leftBehind: { ...board.current().leftBehind, card } }),
    remind: () => remind('card'),
  });
  const stopFollowing = devices.printer.onSlipPlace((place) => {
    const slip = place === 'untaken' || place === 'retracted' ? place : 'nothing';
    board.update({ leftBehind: { ...board.current().leftBehind, slip } });
    if (slip === 'untaken') remind('slip');
  });
  const stopWatching = watchMachine({ board, journal, devices, hearing, hasVoice: voices.length > 0, log });
  abandonJobsOfStoppedCore({ journal, clock });
  journal.record({
    type: 'core.started',
    payload: {
      content: `${content.source} ${content.pack}`,
      journal: journal.status().state,
      config: options.deviceSource,
    },
  });
  log.info(
    { content: content.source, journal: journal.status().state, device: options.deviceSource },
    'core started',
  );

  const calculator = createCalculator(knowledge.parameters, day);
  const printing = { printer: devices.printer, journal, clock, random };
  const parts: CoreParts = {
    board,
    sessions,
    journal,
    clock,
    answers,
    calculator,
    printing,
    slips: {
      openAnswer: (id) => answers.open(id),
      openGuide: (id) => answers.guides.open(id),
      calculator,
      journal,
      state: () => board.current(),
      today: day,
    },
    identity: { reader: devices.cardReader, lyingCard, today: day },
    speech,
    hearing,
    intake: { random, today: day, kioskId: device.site.kioskId, recipientKey: device.intakeRecipientKey },
    onBug: options.onBug,
  };
  const router = createRouter(parts);
  const uplink = connect(options, { board, journal });

  const close = async (): Promise<void> => {
    sessions.endSession('shutdown');
    await uplink?.close();
    stopWatching();
    stopFollowing();
    lyingCard.release();
    await hearing.close();
    await options.modelVoice?.close();
    await devices.close();
    await knowledge.close();
    journal.close();
  };
  let closing: Promise<void> | undefined;
  return { router, client: createRouterClient(router), close: () => (closing ??= close()) };
}

/** Pushes what changes on the machine to whoever watches, and tries a journal that could not be written again. */
function watchMachine({
  board,
  journal,
  devices,
  hearing,
  hasVoice,
  log,
}: {
  board: StateBoard;
  journal: Journal;
  devices: Devices;
  hearing: HearingPort;
  hasVoice: boolean;
  log: Log;
}): () => void {
  const tellSpeech = (): void => {
    const speech = speechOf(hasVoice, devices.speaker.status());
    if (speech.state === 'absent') log.warn({ reason: speech.reason }, 'reading aloud is not offered');
    board.update({ speech });
  };
  if (board.current().speech.state === 'absent') tellSpeech();
  let toldReason: string | null = null;
  const stopListening = watchListening({ hearing, microphone: devices.microphone }, (listening) => {
    const reason = listening.state === 'absent' ? listening.reason : null;
    if (reason !== null && reason !== toldReason) log.warn({ reason }, 'speaking to it is not offered');
    toldReason = reason;
    board.update({ listening });
  });
  const unsubscribe = [
    stopListening,
    journal.onChange(() => board.update({ journal: { ...board.current().journal, ...journal.status() } })),
    devices.printer.onStatus((printer) => {
      if (wentBetweenFaults(board.current().printer, printer)) noteDevice(journal, 'printer', printer);
      board.update({ printer });
    }),
    devices.cardReader.onStatus((cardReader) => {
      if (wentBetweenFaults(board.current().cardReader, cardReader))
        noteDevice(journal, 'card_reader', cardReader);
      board.update({ cardReader });
    }),
    devices.speaker.onStatus(tellSpeech),
  ];
  const probing = setInterval(() => {
    const { state } = journal.status();
    if (state === 'disk_full' || state === 'unavailable') journal.probe();
  }, PROBE_EVERY_MS);
  probing.unref();
  return () => {
    clearInterval(probing);
    for (const stop of unsubscribe) stop();
  };
}

type DeviceStatus = KioskState['printer'] | KioskState['cardReader'];
const trouble = (status: DeviceStatus) =>
  status.state === 'fault' ? status.fault : status.state === 'absent' ? 'absent' : null;

/** Busy and ready alternate with each slip; only what somebody should look at is written down. */
const wentBetweenFaults = (before: DeviceStatus, after: DeviceStatus) => trouble(before) !== trouble(after);

function noteDevice(journal: Journal, device: 'printer' | 'card_reader', status: DeviceStatus): void {
  journal.record({
    type: 'device.changed',
    payload: { device, state: status.state, fault: trouble(status) },
  });
}

function connect(
  options: CoreOptions,
  { board, journal }: { board: StateBoard; journal: Journal },
): Uplink | null {
  const { device, clock, random, transport, firstRetryMs } = options;
  if (device.hub === null) return null;
  return new Uplink({
    journal,
    transport: transport ?? httpTransport(device.hub.url),
    kioskId: device.site.kioskId,
    clock,
    random,
    onReach: (hub) => board.update({ journal: { ...board.current().journal, hub } }),
    ...(firstRetryMs === undefined ? {} : { firstDelayMs: firstRetryMs }),
  });
}
