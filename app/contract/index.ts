import { eventIterator, oc, type as typed } from '@orpc/contract';
import { z } from 'zod';

import type { Calculation, CalculationError } from '../domain/compensation/calculation.ts';
import type { Result } from '../domain/result.ts';
import { consultation, guideHead, openedAnswer, publicityCard, topicShelf } from './consult.ts';
import { guide, guideFamily } from './guide.ts';
import { cardReading } from './identity.ts';
import { intakeResult, intakeStatus, legalAidForm } from './intake.ts';
import { kioskState } from './kiosk.ts';
import { hearing, listening } from './listen.ts';
import { rateResult, ratingReason, ratingScore } from './rate.ts';
import { previewResult, printProgress, slipRequest } from './receipt.ts';
import { endReason, language, sessionId } from './session.ts';
import { reading, readingProgress } from './speech.ts';
import { articleName, MAX_SEARCH_LENGTH, statutePage, statuteSearch } from './statute.ts';

const inSession = z.object({ sessionId });

/**
 * Everything a screen may ask of the core. Expected failures are values; a thrown error is a bug.
 * The client type is inferred from this; the renderer imports it type-only.
 */
export const contract = {
  kiosk: {
    /** The whole state at once, then again on each change. */
    watch: oc.output(eventIterator(kioskState)),
    /** Answers at once; the shell and the screen use it as heart-beat. */
    ping: oc.output(z.object({ uptimeMs: z.number() })),
  },
  session: {
    begin: oc.input(z.object({ language })).output(z.object({ sessionId })),
    /** After the core was restarted: lets the visit go on under its pseudonym. */
    resume: oc.input(inSession.extend({ language })).output(z.object({ sessionId })),
    /** Wipes everything of the visit: card fields, jobs, drafts. Always succeeds. */
    end: oc.input(inSession.extend({ reason: endReason })).output(z.object({ ended: z.literal(true) })),
  },
  consult: {
    /** `afresh`: it has nothing to do with what was asked before in this visit. */
    ask: oc
      .input(inSession.extend({ question: z.string().max(20_000), afresh: z.boolean().default(false) }))
      .output(consultation),
    open: oc.input(inSession.extend({ answerId: z.string() })).output(openedAnswer.nullable()),
    /** Topics with their answers, for finding by touch; what people here ask most; and the laws of the season. */
    shelves: oc.output(
      z.object({
        shelves: z.array(topicShelf),
        popular: topicShelf.shape.answers,
        publicity: z.array(publicityCard),
      }),
    ),
    /** "没有解决" of an answer or guide, "都不是" of a choice: what is known of the topic is written down, never a word of the question. */
    unsolved: oc
      .input(
        z.discriminatedUnion('kind', [
          inSession.extend({ kind: z.enum(['answer', 'guide']), id: z.string() }),
          inSession.extend({ kind: z.literal('choice') }),
        ]),
      )
      .output(z.object({ recorded: z.boolean() })),
  },
  guides: {
    /** Families with their guides, for finding by touch. */
    list: oc.output(z.object({ families: z.array(guideFamily) })),
    get: oc.input(inSession.extend({ guideId: z.string() })).output(guide.nullable()),
    /** Guides that words lead to, best first. */
    search: oc
      .input(z.object({ query: z.string().max(MAX_SEARCH_LENGTH) }))
      .output(z.object({ guides: z.array(guideHead) })),
  },
  statutes: {
    /** By law name, by number ("民法典1079条") or by words; never a repealed article. */
    search: oc.input(z.object({ query: z.string().max(MAX_SEARCH_LENGTH) })).output(statuteSearch),
    article: oc.input(articleName).output(statutePage),
  },
  calculate: {
    run: oc
      .input(inSession.extend({ calculator: z.string(), inputs: z.record(z.string(), z.unknown()) }))
      .output(typed<Result<Calculation, CalculationError>>()),
  },
  receipt: {
    preview: oc.input(slipRequest).output(previewResult),
    /** Prints and tells how it goes; ends with `printed`, `held` or `refused`. */
    print: oc.input(slipRequest).output(eventIterator(printProgress)),
    /** A held job: one whole new copy. */
    reprint: oc.input(inSession.extend({ jobId: z.string() })).output(eventIterator(printProgress)),
    abandon: oc
      .input(inSession.extend({ jobId: z.string() }))
      .output(z.object({ abandoned: z.literal(true) })),
  },
  identity: {
    /** Runs while the screen that asked is open; closing the stream stops the reader. */
    read: oc.input(inSession).output(eventIterator(cardReading)),
  },
  intake: {
    submit: oc
      .input(inSession.extend({ form: legalAidForm, consent: z.boolean(), requestId: z.uuid() }))
      .output(intakeResult),
    status: oc
      .input(inSession.extend({ receiptNumber: z.string() }))
      .output(z.object({ status: intakeStatus })),
  },
  speech: {
    /** Reads sentences of the screen aloud; closing the stream or ending the visit is silence at once. */
    read: oc.input(reading).output(eventIterator(readingProgress)),
  },
  listen: {
    /**
     * Opens the microphone for one utterance and tells what comes of it; ends with `heard` (a choice), `understood` (a
     * question) or `trouble`. Closing the stream or ending the visit closes the microphone and wipes the sound at once.
     */
    start: oc.input(listening).output(eventIterator(hearing)),
    /** The speaker lets go of the button: `now`, or after a mere tap when `silence` follows what is said. */
    stop: oc
      .input(inSession.extend({ when: z.enum(['now', 'silence']) }))
      .output(z.object({ stopped: z.literal(true) })),
  },
  rate: {
    submit: oc
      .input(inSession.extend({ score: ratingScore, reasons: z.array(ratingReason) }))
      .output(rateResult),
  },
};

export type Contract = typeof contract;
