import { z } from 'zod';

import { listeningStatus } from './listen.ts';
import { speechStatus } from './speech.ts';

export const printerFault = z.enum(['paper_out', 'cover_open', 'cutter_jam', 'overheated', 'offline']);

export const printerStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready'), paperLow: z.boolean() }),
  z.object({ state: z.literal('busy') }),
  z.object({ state: z.literal('fault'), fault: printerFault }),
  z.object({ state: z.literal('absent') }),
]);

export const cardReaderStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('fault'), fault: z.enum(['silent', 'unauthorised', 'unknown_status']) }),
]);

/** Where the content on screen comes from. `previous` and `builtin` are said openly. */
export const contentStatus = z.object({
  source: z.enum(['installed', 'previous', 'builtin', 'none']),
  pack: z.string(),
  /** Better content was put on this machine and could not be opened. A machine that has only its built-in pack lacks nothing. */
  betterRefused: z.boolean(),
  /** ISO date up to which the content was reviewed. */
  asOf: z.string(),
  /** Whether the texts of statutes are there; what leads to them is offered only then. */
  statutes: z.boolean(),
});

export const journalStatus = z.object({
  state: z.enum(['ok', 'salvaged', 'unavailable', 'disk_full']),
  /** Events acknowledged to the citizen that the hub has not confirmed yet. */
  unsent: z.number().int().nonnegative(),
  hub: z.enum(['reachable', 'unreachable', 'not_configured']),
  /** Epoch milliseconds of the hub's last acknowledgement. */
  lastAcknowledgedAt: z.number().nullable(),
});

/** The panel in millimetres and pixels; the layout is computed from it. */
export const panel = z.object({
  widthMm: z.number().positive(),
  heightMm: z.number().positive(),
  widthPx: z.number().int().positive(),
  heightPx: z.number().int().positive(),
});

export const site = z.object({
  kioskId: z.string(),
  name: z.string(),
  placement: z.enum(['station', 'airport', 'bus', 'school', 'scenic', 'service_centre', 'village']),
  region: z.string(),
});

/** What somebody may walk away without. `retracted`: the slip was not taken, and the printer took it back. */
export const leftBehind = z.object({
  card: z.boolean(),
  slip: z.enum(['nothing', 'untaken', 'retracted']),
});

/** All that a screen needs to know about the machine; pushed whole on each change (it is small). */
export const kioskState = z.object({
  site,
  panel,
  printer: printerStatus,
  cardReader: cardReaderStatus,
  leftBehind,
  content: contentStatus,
  journal: journalStatus,
  /** Reading aloud is offered only where it can be heard. */
  speech: speechStatus,
  /** Speaking is offered only where it can be heard and understood. */
  listening: listeningStatus,
  /** Whether sealed intake is possible (a recipient key is configured). */
  intakeOffered: z.boolean(),
});

export type KioskState = z.infer<typeof kioskState>;
