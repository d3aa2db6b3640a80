import { z } from 'zod';

import { INTERVIEW_IDS } from '../domain/interview/interview.ts';
import { language, sessionId } from './session.ts';

/** What a citizen may print. The core builds the slip; the screen never sends finished text to the printer. */
export const slip = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), answerId: z.string() }),
  z.object({ kind: z.literal('guide'), guideId: z.string() }),
  z.object({
    kind: z.literal('calculation'),
    interview: z.enum(INTERVIEW_IDS),
    /** What was answered; the core plans and computes anew. */
    answers: z.record(z.string(), z.unknown()),
    bothSides: z.boolean(),
  }),
  z.object({ kind: z.literal('intake'), receiptNumber: z.string() }),
  z.object({ kind: z.literal('contacts') }),
]);

export const slipRequest = z.object({ sessionId, slip, language });

export const previewLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    scale: z.union([z.literal(1), z.literal(2)]),
    bold: z.boolean(),
    align: z.enum(['left', 'center']),
  }),
  z.object({ kind: z.literal('rule') }),
  z.object({ kind: z.literal('space') }),
  z.object({ kind: z.literal('qr'), data: z.string() }),
]);

export const preview = z.object({
  title: z.string(),
  lengthMm: z.number(),
  widthMm: z.number(),
  lines: z.array(previewLine),
  /** The same slip as whole sentences, to be read aloud. */
  spoken: z.string(),
});

export const previewResult = z.union([
  z.object({ ok: z.literal(true), value: preview }),
  z.object({ ok: z.literal(false), failure: z.enum(['unknown_slip', 'no_session']) }),
]);

const hindrance = z.enum([
  'paper_out',
  'cover_open',
  'cutter_jam',
  'overheated',
  'offline',
  'absent',
  'busy',
  'cancelled',
]);

/**
 * A job as the citizen sees it. `held`: nothing or not all is on paper, the job waits in this session for "reprint" or
 * "give up"; it never survives the session.
 */
export const printProgress = z.discriminatedUnion('state', [
  z.object({ state: z.literal('printing'), jobId: z.string(), share: z.number() }),
  z.object({ state: z.literal('printed'), jobId: z.string() }),
  z.object({ state: z.literal('held'), jobId: z.string(), reason: hindrance, partly: z.boolean() }),
  z.object({ state: z.literal('abandoned'), jobId: z.string() }),
  z.object({ state: z.literal('refused'), reason: z.enum(['unknown_slip', 'no_session', 'too_many']) }),
]);

export type Slip = z.infer<typeof slip>;
export type Preview = z.infer<typeof preview>;
export type PrintProgress = z.infer<typeof printProgress>;
export type PrintHindrance = z.infer<typeof hindrance>;
