import type { PrinterFault } from './port.ts';
import type { Condition } from './status.ts';

/** Asks a Custom printer for its full status (hardware.md 2.9). */
export const customStatusRequest = Uint8Array.of(0x10, 0x04, 0x14);
export const customStatusStart = Uint8Array.of(0x10, 0x0f);
export const customStatusLength = 6;

/** Reads the six bytes, the cause a person can remove first. */
export function customCondition(answer: Uint8Array): Condition {
  const [, , paper = 0, user = 0, recoverable = 0, unrecoverable = 0] = answer;
  return {
    fault: faultOf(paper, user, recoverable, unrecoverable),
    paperLow: (paper & 0x04) !== 0,
    // Spooling, motor on.
    working: (user & 0x0c) !== 0,
    slipInMouth: (paper & 0x20) !== 0,
  };
}

function faultOf(
  paper: number,
  user: number,
  recoverable: number,
  unrecoverable: number,
): PrinterFault | undefined {
  if ((user & 0x03) !== 0) return 'cover_open';
  if ((paper & 0x01) !== 0) return 'paper_out';
  if ((recoverable & 0x40) !== 0 || (unrecoverable & 0x03) !== 0) return 'cutter_jam';
  if ((recoverable & 0x01) !== 0) return 'overheated';
  // Bytes that came broken or were not understood, low voltage, a black mark that is not found, or a defect inside.
  if ((recoverable & 0xae) !== 0 || (unrecoverable & 0xfc) !== 0) return 'offline';
  return undefined;
}
