import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Answer } from '../../../app/contract/consult.ts';
import type { Guide } from '../../../app/contract/guide.ts';
import { createCore, type Core } from '../../../app/core/composition.ts';
import { noStatutes } from '../../../app/core/consult/index.ts';
import { SAFE_SETTINGS, type DeviceSettings } from '../../../app/core/device/index.ts';
import { createLog } from '../../../app/core/diagnose/index.ts';
import { systemClock, systemRandomness, type Clock } from '../../../app/core/edges.ts';
import type { Knowledge } from '../../../app/core/knowledge.ts';
import { noHearing } from '../../../app/core/listen/index.ts';
import type { Transport } from '../../../app/core/sync/index.ts';
import { absentDocumentPrinter, absentMicrophone, absentQueueCounter } from '../../../hardware/absent.ts';
import { MemoryLink } from '../../../hardware/link/index.ts';
import { IdCardReader } from '../../../hardware/id-card-reader/index.ts';
import { SimulatedCardReader } from '../../../hardware/id-card-reader/simulator.ts';
import {
  findLineArtist,
  ReceiptPrinter,
  shippedPrinterProfile,
} from '../../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../../hardware/receipt-printer/simulator.ts';
import { SimulatedSpeaker } from '../../../hardware/speaker/simulator.ts';
import { nothingAttached } from '../../../app/domain/consult/index.ts';
import { readParameters } from '../../../tools/content/parameters.ts';
import { silent } from './silent.ts';
import { until } from '../../contract/devices.samples.ts';

/** An answer as the real pack has it, for journeys that are not about answering. */
export const wageAnswer: Answer = {
  id: 'labour.wage-arrears',
  topic: 'labour',
  title: '单位拖欠工资怎么办',
  plain: '工资可以要回来。先留好证据，再向劳动监察投诉。',
  steps: [{ do: '收好劳动合同和工资条。', where: '劳动监察机构', deadline: '两年内', place: null }],
  audience: [],
  risks: [],
  dependsOn: [{ fact: '没有书面合同也可以要工资。', answer: null }],
  citations: [
    { law: '劳动合同法', article: '第三十条', version: '2012-12-28', gist: '单位要按时足额付工资。' },
  ],
  actions: [{ kind: 'call', number: '12333', name: '人社服务热线' }],
  reviewedOn: '2026-11-01',
  stale: false,
  discreet: false,
};

export const aidGuide: Guide = {
  id: 'legal-aid.civil',
  family: 'legal-aid',
  topic: 'legal-aid',
  title: '申请民事法律援助',
  summary: '请不起律师时，由国家出钱派律师。',
  conditions: ['经济困难。'],
  materials: [
    { what: '身份证', note: '忘带可以用电子身份证' },
    { what: '和案子有关的材料', note: null },
  ],
  steps: [{ do: '到窗口填申请表。', where: '法律援助中心', deadline: null, place: null }],
  timeLimit: '七天内决定',
  fee: '免费',
  result: '指派律师的通知书',
  ifRefused: '五天内向司法局提出',
  where: '县（市、区）法律援助中心',
  place: null,
  citations: [{ law: '法律援助法', article: '第三十一条', version: '2021-08-20', gist: '哪些事可以申请。' }],
  actions: [{ kind: 'call', number: '12348', name: '法律服务热线' }],
  reviewedOn: '2026-11-01',
  stale: false,
  discreet: false,
};

export const discreetGuide: Guide = {
  ...aidGuide,
  id: 'court.protection-order',
  title: '申请人身安全保护令',
  discreet: true,
};

export const discreetAnswer: Answer = {
  ...wageAnswer,
  id: 'marriage.violence',
  title: '家里人打我怎么办',
  discreet: true,
};

function knowledge(): Knowledge {
  const answers = [wageAnswer, discreetAnswer];
  return {
    answers: {
      trace: (question, subject) =>
        Promise.resolve({
          consultation:
            question.trim() === ''
              ? { decision: 'refused', reason: 'empty' }
              : { decision: 'answer', answer: wageAnswer, related: [], ...nothingAttached },
          trace: { topic: null, subject },
        }),
      open: (id) => answers.find((answer) => answer.id === id) ?? null,
      openWithNear: (id) => {
        const answer = answers.find((one) => one.id === id);
        if (answer === undefined) return Promise.resolve(null);
        const { title, topic } = answer;
        const subject = { words: title, title, topic, answer: id };
        return Promise.resolve({ answer, related: [], guides: [], subject });
      },
      shelves: () => ({ shelves: [], popular: [], publicity: [] }),
      guides: {
        list: () => [],
        open: (id) => [aidGuide, discreetGuide].find((guide) => guide.id === id) ?? null,
        search: () => [],
      },
      reader: noStatutes,
    },
    parameters: readParameters('content').table ?? undefined,
    status: {
      ...{ source: 'builtin', pack: 'test 1', betterRefused: false, asOf: '2026-11-22' },
      statutes: false,
    },
    sayings: () => [],
    prompts: null,
    load: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

export interface Kiosk {
  home: string;
  core: Core;
  client: Core['client'];
  printer: SimulatedPrinter;
  printerLink: MemoryLink;
  cardReader: SimulatedCardReader;
  bugs: unknown[];
}

export interface KioskOptions {
  home?: string;
  transport?: Transport;
  device?: Partial<DeviceSettings>;
  clock?: Clock;
  /** What answers; a few answers and no pack unless told otherwise. */
  knowledge?: Knowledge;
}

/** Half of it stays in the test, which plays the legal aid office. */
export const officeKeys = generateKeyPairSync('x25519');

/** A core with the real drivers on simulated devices, ready to serve. */
export async function openKiosk(options: KioskOptions = {}): Promise<Kiosk> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'kiosk-'));
  const profile = shippedPrinterProfile('generic-80mm');
  if (!profile.ok) throw new Error(profile.failure);
  const simulatedPrinter = new SimulatedPrinter({ columns: profile.value.columns });
  const simulatedReader = new SimulatedCardReader();
  const printerLink = new MemoryLink(simulatedPrinter);
  const printer = new ReceiptPrinter({
    link: printerLink,
    baudRate: 115_200,
    profile: profile.value,
    log: silent,
    timing: {
      heartbeat: 30,
      fullRound: 60,
      answers: [100, 200, 400],
      settle: 10,
      finishing: 10,
      finishSlack: 500,
      quiet: 100,
      remind: 10_000,
      retract: 30_000,
      grace: 5000,
      slowestMmPerSecond: 1000,
    },
    artist: findLineArtist(),
  });
  const cardReader = new IdCardReader({
    link: new MemoryLink(simulatedReader),
    log: silent,
    today: () => '2026-11-22',
    timing: { find: 10, keepAlive: 100, settle: 10, probeRound: 60, idleRound: 60, patience: 0.2 },
  });
  await until(
    'devices ready',
    () => printer.status().state === 'ready' && cardReader.status().state === 'ready',
    15_000,
  );
  const speaker = new SimulatedSpeaker();
  const bugs: unknown[] = [];
  const core = createCore({
    home,
    device: {
      ...SAFE_SETTINGS,
      site: { kioskId: 'kiosk-1', name: '昆明南站', placement: 'station', region: '530100' },
      intakeRecipientKey: officeKeys.publicKey.export({ format: 'jwk' }).x ?? null,
      ...options.device,
      ...(options.transport === undefined ? {} : { hub: { url: 'http://hub.invalid' } }),
    },
    deviceSource: 'own',
    knowledge: options.knowledge ?? knowledge(),
    devices: {
      printer,
      cardReader,
      speaker,
      microphone: absentMicrophone(),
      documentPrinter: absentDocumentPrinter(),
      queueCounter: absentQueueCounter(),
      close: async () => {
        await Promise.all([printer.close(), cardReader.close(), speaker.close()]);
      },
    },
    clock: options.clock ?? systemClock,
    random: systemRandomness,
    log: createLog(join(home, 'core.log')),
    synthesiser: null,
    modelVoice: null,
    hearing: noHearing,
    onBug: (error) => bugs.push(error),
    ...(options.transport === undefined ? {} : { transport: options.transport }),
    firstRetryMs: 20,
  });
  return {
    home,
    core,
    client: core.client,
    printer: simulatedPrinter,
    printerLink,
    cardReader: simulatedReader,
    bugs,
  };
}
