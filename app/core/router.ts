import { implement, ORPCError, type RouterClient } from '@orpc/server';

import { contract } from '../contract/index.ts';
import type { PrintProgress } from '../contract/receipt.ts';
import { receiptText } from '../domain/receipt/layout.ts';
import { runCalculation, type Calculator } from './calculate/index.ts';
import type { Clock } from './edges.ts';
import { readCard } from './identity/index.ts';
import { statusOfIntake, submitIntake } from './intake/index.ts';
import type { Journal } from './journal/index.ts';
import type { Knowledge } from './knowledge.ts';
import type { StateBoard } from './kiosk/index.ts';
import { listenInVisit, stopListening, type HearingPort } from './listen/index.ts';
import { submitRating } from './rate/index.ts';
import {
  abandonSlip,
  buildSlip,
  printSlip,
  reprintSlip,
  type PrintDependencies,
  type SlipSources,
} from './receipt/index.ts';
import { readAloud, type ReadAloudDependencies } from './speech/index.ts';
import { askInVisit, noteUnsolved, openGuideInVisit, openInVisit, type Sessions } from './session/index.ts';

/** Everything the use cases are made of. */
export interface CoreParts {
  board: StateBoard;
  sessions: Sessions;
  journal: Journal;
  clock: Clock;
  answers: Knowledge['answers'];
  calculator: Calculator;
  slips: SlipSources;
  printing: PrintDependencies;
  identity: Omit<Parameters<typeof readCard>[0], 'sessions' | 'journal'>;
  intake: Omit<Parameters<typeof submitIntake>[0], 'sessions' | 'journal'>;
  speech: Omit<ReadAloudDependencies, 'sessions'>;
  hearing: HearingPort;
  /** Called for what nobody expected; expected failures are values. */
  onBug: (error: unknown) => void;
}

export type CoreRouter = ReturnType<typeof createRouter>;
export type CoreClient = RouterClient<CoreRouter>;

/** The contract, answered by the use cases. */
export function createRouter(parts: CoreParts) {
  const { board, sessions, journal, clock, answers, calculator, slips, printing, onBug } = parts;
  const visits = { sessions, journal };

  /** What the contract itself refuses (a wrong input) is the caller's doing; the rest is a bug. */
  const report = (error: unknown): void => {
    if (!(error instanceof ORPCError) || error.code === 'INTERNAL_SERVER_ERROR') onBug(error);
  };
  const core = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      report(error);
      throw error;
    }
  });

  /** A stream can fail after the call has answered. */
  async function* stream<Value>(source: AsyncGenerator<Value>): AsyncGenerator<Value> {
    try {
      yield* source;
    } catch (error) {
      report(error);
      throw error;
    }
  }

  async function* print({
    sessionId,
    slip,
    language,
  }: Parameters<typeof slipOf>[0]): AsyncGenerator<PrintProgress> {
    const visit = sessions.find(sessionId);
    const built = slipOf({ sessionId, slip, language });
    if (visit === null || !built.ok)
      yield { state: 'refused', reason: built.ok ? 'no_session' : built.failure };
    else yield* printSlip(printing, { visit, slip: slip.kind, document: built.value });
  }

  async function* reprint({
    sessionId,
    jobId,
  }: {
    sessionId: string;
    jobId: string;
  }): AsyncGenerator<PrintProgress> {
    const visit = sessions.find(sessionId);
    if (visit === null) yield { state: 'refused', reason: 'no_session' };
    else yield* reprintSlip(printing, { visit, jobId });
  }

  type SlipRequest = { sessionId: string; slip: Parameters<typeof buildSlip>[0]; language: 'zh-CN' | 'en' };
  function slipOf({ sessionId, slip, language }: SlipRequest) {
    const visit = sessions.find(sessionId);
    return visit === null
      ? ({ ok: false, failure: 'no_session' } as const)
      : buildSlip(slip, { visit, language, sources: slips });
  }

  return core.router({
    kiosk: {
      watch: core.kiosk.watch.handler(({ signal }) => stream(board.watch(signal))),
      ping: core.kiosk.ping.handler(() => ({ uptimeMs: Math.round(clock.monotonic()) })),
    },
    session: {
      begin: core.session.begin.handler(({ input }) => ({ sessionId: sessions.begin(input.language).id })),
      resume: core.session.resume.handler(({ input }) => ({
        sessionId: sessions.resume(input.sessionId, input.language).id,
      })),
      end: core.session.end.handler(({ input }) => {
        sessions.end(input.sessionId, input.reason);
        return { ended: true };
      }),
    },
    consult: {
      ask: core.consult.ask.handler(({ input }) => askInVisit({ ...visits, answers }, input)),
      open: core.consult.open.handler(({ input }) => openInVisit({ ...visits, answers }, input)),
      shelves: core.consult.shelves.handler(() => answers.shelves()),
      unsolved: core.consult.unsolved.handler(({ input }) => ({
        recorded: noteUnsolved({ ...visits, answers }, input),
      })),
    },
    guides: {
      list: core.guides.list.handler(() => ({ families: answers.guides.list() })),
      get: core.guides.get.handler(({ input }) => openGuideInVisit({ ...visits, answers }, input)),
      search: core.guides.search.handler(({ input }) => ({ guides: answers.guides.search(input.query) })),
    },
    statutes: {
      search: core.statutes.search.handler(({ input }) => answers.reader.search(input.query)),
      article: core.statutes.article.handler(({ input }) => answers.reader.article(input)),
    },
    calculate: {
      run: core.calculate.run.handler(({ input: { sessionId, calculator: id, inputs } }) =>
        runCalculation({ ...visits, calculator }, { sessionId, id, inputs }),
      ),
    },
    receipt: {
      preview: core.receipt.preview.handler(({ input }) => {
        const built = slipOf(input);
        if (!built.ok) return built;
        const { lengthMm, widthMm, lines } = printing.printer.layout(built.value);
        const paper = { lengthMm, widthMm, lines: [...lines] };
        return {
          ok: true,
          value: { title: built.value.title, ...paper, spoken: receiptText(built.value) },
        };
      }),
      print: core.receipt.print.handler(({ input }) => stream(print(input))),
      reprint: core.receipt.reprint.handler(({ input }) => stream(reprint(input))),
      abandon: core.receipt.abandon.handler(({ input: { sessionId, jobId } }) => {
        const visit = sessions.find(sessionId);
        if (visit !== null) abandonSlip(printing, { visit, jobId });
        return { abandoned: true };
      }),
    },
    identity: {
      read: core.identity.read.handler(({ input, signal }) =>
        stream(readCard({ ...visits, ...parts.identity }, { sessionId: input.sessionId, signal })),
      ),
    },
    intake: {
      submit: core.intake.submit.handler(({ input }) => submitIntake({ ...visits, ...parts.intake }, input)),
      status: core.intake.status.handler(({ input }) => ({
        status: statusOfIntake(journal, input.receiptNumber),
      })),
    },
    speech: {
      read: core.speech.read.handler(({ input, signal }) =>
        stream(readAloud({ sessions, ...parts.speech }, input, signal)),
      ),
    },
    listen: {
      start: core.listen.start.handler(({ input, signal }) =>
        stream(listenInVisit({ ...visits, answers, hearing: parts.hearing }, input, signal)),
      ),
      stop: core.listen.stop.handler(({ input }) => {
        stopListening(sessions, input);
        return { stopped: true };
      }),
    },
    rate: {
      submit: core.rate.submit.handler(({ input }) => submitRating(visits, input)),
    },
  });
}
