import { samCommand } from './frame.ts';
import type { SamReply } from './frame.ts';

/** The reader's own status byte, SW3 (hardware.md 1.7). */
export const samStatus = {
  done: 0x90,
  cardFound: 0x9f,
  noSuchItem: 0x91,
  noCard: 0x80,
  notACard: 0x40,
  randomFailed: 0x47,
  unknownError: 0x24,
  selfTestFailed: 0x60,
  unauthorised: 0x66,
} as const;

/** A command, how long to wait for its answer, and how an answer to it looks. */
export interface SamCommand {
  name: string;
  bytes: Uint8Array;
  timeoutMs: number;
  /** Whether a reply can be the answer to this command: replies carry no echo, so length and status must tell. */
  accepts: (reply: SamReply) => boolean;
}

const knownFailures = new Set([
  ...[0x10, 0x11, 0x21, 0x23, 0x24, 0x31, 0x32, 0x33, 0x34, 0x37, 0x3f],
  ...[0x40, 0x41, 0x47, 0x60, 0x66, 0x80, 0x81, 0x91],
]);

/** Whether a reader said something that no table lists (hardware.md 6.3). */
export function isUnknownStatus(status: number): boolean {
  return !isSuccess(status) && !knownFailures.has(status);
}

function isSuccess(status: number): boolean {
  return status === samStatus.done || status === samStatus.cardFound;
}

function accepting(status: number, rightLength: (bytes: number) => boolean): SamCommand['accepts'] {
  return (reply) =>
    reply.status === status
      ? rightLength(reply.data.length)
      : reply.data.length === 0 && !isSuccess(reply.status);
}

/** The commands the kiosk sends. Fingerprints (30 10) are never asked for. */
export const samCommands = {
  reset: {
    name: 'reset',
    bytes: samCommand(0x10, 0xff),
    timeoutMs: 500,
    accepts: accepting(0x90, (n) => n === 0),
  },
  status: {
    name: 'status',
    bytes: samCommand(0x11, 0xff),
    timeoutMs: 500,
    accepts: accepting(0x90, (n) => n === 0),
  },
  find: {
    name: 'find',
    bytes: samCommand(0x20, 0x01),
    timeoutMs: 500,
    accepts: accepting(0x9f, (n) => n === 4),
  },
  select: {
    name: 'select',
    bytes: samCommand(0x20, 0x02),
    timeoutMs: 1000,
    accepts: accepting(0x90, (n) => n === 8),
  },
  read: {
    name: 'read',
    bytes: samCommand(0x30, 0x01),
    timeoutMs: 3000,
    accepts: accepting(0x90, (n) => n > 4 + 256),
  },
  samId: {
    name: 'samId',
    bytes: samCommand(0x12, 0xff),
    timeoutMs: 500,
    accepts: accepting(0x90, (n) => n === 16),
  },
  /** Also tells, by either of its good answers, that the card which was read still lies there. */
  newAddress: {
    name: 'newAddress',
    bytes: samCommand(0x30, 0x03),
    timeoutMs: 1500,
    accepts: accepting(0x90, (n) => n > 0 && n <= 280 && n % 70 === 0),
  },
} as const satisfies Record<string, SamCommand>;
