import type { DocumentPrinterStatus } from '../document-printer/port.ts';
import type { CardReaderStatus } from '../id-card-reader/port.ts';
import type { MicrophoneStatus } from '../microphone/port.ts';
import type { QueueCounterStatus } from '../queue-counter/port.ts';
import type { PrinterStatus } from '../receipt-printer/port.ts';
import type { SpeakerStatus } from '../speaker/port.ts';

/** Codes a technician reads out on the telephone: the letter is the device, docs/field has a page for each. */
export type FaultCode =
  | `P0${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`
  | `P1${0 | 1}`
  | `R0${1 | 2 | 3 | 4 | 5}`
  | `M0${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`
  | `S0${1 | 2 | 3}`
  | `A0${1 | 2 | 3}`
  | `Q0${1 | 2}`;

export type CheckedDevice =
  'printer' | 'cardReader' | 'microphone' | 'speaker' | 'documentPrinter' | 'queueCounter';

/** What a check of one device found; no codes means that it works. */
export interface Check {
  device: CheckedDevice;
  codes: readonly FaultCode[];
  /** Figures for the report: a port, a level, a number of a security module. Never anything of a person. */
  facts: Readonly<Record<string, string | number>>;
}

/** Everything found, and whether visitors can be served: the optional devices and warnings do not stand in the way. */
export interface Readiness {
  ready: boolean;
  checks: readonly Check[];
}

/** With these the machine still serves. */
const warnings: ReadonlySet<FaultCode> = new Set(['P07', 'P08', 'P10', 'M07']);
const optional: ReadonlySet<CheckedDevice> = new Set([
  'microphone',
  'speaker',
  'documentPrinter',
  'queueCounter',
]);

export function readinessOf(checks: readonly Check[]): Readiness {
  const stands = (check: Check): boolean =>
    optional.has(check.device) || check.codes.every((code) => warnings.has(code));
  return { ready: checks.every(stands), checks };
}

export function printerCodes(status: PrinterStatus, canDraw: boolean): FaultCode[] {
  const drawing: FaultCode[] = canDraw ? [] : ['P08'];
  switch (status.state) {
    case 'absent':
      return ['P01', ...drawing];
    case 'fault':
      return [
        (
          {
            paper_out: 'P02',
            cover_open: 'P03',
            cutter_jam: 'P04',
            overheated: 'P05',
            offline: 'P06',
          } as const
        )[status.fault],
        ...drawing,
      ];
    case 'ready':
      return [...(status.paperLow ? (['P07'] as const) : []), ...drawing];
    case 'busy':
      return drawing;
  }
}

export function cardReaderCodes(status: CardReaderStatus): FaultCode[] {
  if (status.state === 'ready') return [];
  if (status.state === 'absent') return ['R01'];
  return [({ silent: 'R02', unauthorised: 'R03', unknown_status: 'R05' } as const)[status.fault]];
}

/** In a room louder than this nobody is understood. */
const loudRoomDb = -35;

export function microphoneCodes(status: MicrophoneStatus, noiseDb: number | undefined): FaultCode[] {
  if (status.state === 'absent') return ['M01'];
  if (status.state === 'fault')
    return [
      ({ no_recorder: 'M02', no_device: 'M03', no_data: 'M04', muted: 'M05', wrong_speed: 'M06' } as const)[
        status.fault
      ],
    ];
  return noiseDb !== undefined && noiseDb > loudRoomDb ? ['M07'] : [];
}

/** Whether the model that a microphone is for is whole; without one there is no microphone button. */
export function speechModelCodes(model: 'whole' | 'none' | 'broken'): FaultCode[] {
  if (model === 'whole') return [];
  return [model === 'none' ? 'M08' : 'M09'];
}

export function speakerCodes(status: SpeakerStatus): FaultCode[] {
  if (status.state === 'ready') return [];
  if (status.state === 'absent') return ['S01'];
  return [status.fault === 'no_player' ? 'S02' : 'S03'];
}

export function documentPrinterCodes(status: DocumentPrinterStatus): FaultCode[] {
  return status.state === 'ready' ? [] : [status.state === 'absent' ? 'A01' : 'A02'];
}

export function queueCounterCodes(status: QueueCounterStatus): FaultCode[] {
  return status.state === 'ready' ? [] : [status.state === 'absent' ? 'Q01' : 'Q02'];
}
