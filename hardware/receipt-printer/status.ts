import type { PrinterFault } from './port.ts';

/** The four answers to DLE EOT 1..4. */
type StatusBytes = readonly [printer: number, offline: number, error: number, paper: number];

/** What the answers say: a fault that stops printing, and whether the roll ends soon. */
export interface Condition {
  fault: PrinterFault | undefined;
  paperLow: boolean;
  /** It still takes bytes out of its buffer, or moves paper; undefined where the model does not tell. */
  working?: boolean;
  /** A slip stands in its mouth; undefined where the model does not tell. */
  slipInMouth?: boolean;
}

/** Asks for one of the four real-time states. */
export function statusRequest(which: 1 | 2 | 3 | 4): Uint8Array {
  return Uint8Array.of(0x10, 0x04, which);
}

/** An answer to DLE EOT has the fixed bits 0xx1xx10; XON, XOFF and in-line answers have not. */
export function isRealTimeAnswer(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

/** An answer to GS r has the fixed bits 0xx0xxxx. */
export function isSensorAnswer(byte: number): boolean {
  return (byte & 0x90) === 0;
}

/** Whether the answer to GS r says that the paper has ended. */
export function sensorSaysPaperOut(byte: number): boolean {
  return (byte & 0x0c) !== 0;
}

/** Whether the answer to DLE EOT 1 asks for a closer look. */
export function saysOffline(printer: number): boolean {
  return (printer & 0x28) !== 0;
}

/** Reads the four answers, the cause a person can remove first. */
export function conditionOf([printer, offline, error, paper]: StatusBytes): Condition {
  return { fault: faultOf(printer, offline, error, paper), paperLow: (paper & 0x0c) !== 0 };
}

function faultOf(printer: number, offline: number, error: number, paper: number): PrinterFault | undefined {
  if ((offline & 0x04) !== 0) return 'cover_open';
  if ((paper & 0x60) !== 0 || (offline & 0x20) !== 0) return 'paper_out';
  if ((error & 0x0c) !== 0) return 'cutter_jam';
  if ((error & 0x40) !== 0) return 'overheated';
  if ((error & 0x20) !== 0 || (offline & 0x40) !== 0 || saysOffline(printer)) return 'offline';
  return undefined;
}
