import type { Attached, Consultation } from '../../app/contract/consult.ts';
import { nothingAttached } from '../../app/domain/consult/index.ts';
import type { RatingReason, RatingScore } from '../../app/contract/rate.ts';
import type { PrintProgress, Slip } from '../../app/contract/receipt.ts';
import type { EndReason } from '../../app/contract/session.ts';
import type { ArticleName } from '../../app/contract/statute.ts';
import { interviews, type AnswerMap, type InterviewId, type Run } from '../../app/domain/interview/index.ts';
import type { Connection, Core } from '../connection.ts';
import type { Heard } from '../speech/listener.ts';
import { aidPapers } from './aid.ts';
import { answersOf } from './interviews.ts';
import type { Outcome, Screen, Searched, Visit, VisitEvent, Waiting } from './visit.ts';

export interface Clerk {
  start: () => void;
  end: (reason: EndReason) => void;
  /** `afresh`: whatever was spoken of before. */
  ask: (question: string, afresh?: boolean) => void;
  /** A question that was spoken, and what the core made of it. */
  hear: (heard: Heard) => void;
  /** `fact`: of the visitor's own case, for which this answer is the right one. */
  open: (answerId: string, fact?: string) => void;
  browse: () => void;
  browseGuides: () => void;
  openGuide: (guideId: string) => void;
  find: (what: Searched, words: string) => void;
  /** Opens an article; turning to a neighbour takes the place of the page that is shown. */
  readArticle: (name: ArticleName, turning?: boolean) => void;
  unsolved: (kind: 'answer' | 'guide', id: string) => void;
  /** None of the answers that were offered is meant. */
  noneMeant: () => void;
  calculate: (interview: InterviewId) => void;
  /** Computes once more with one answer changed, to set beside what was computed. */
  compare: (
    from: Extract<Screen, { at: 'suppose' }>,
    changed: { questionId: string; fieldId: string | null; answers: AnswerMap },
  ) => void;
  preview: (slip: Slip) => void;
  print: (slip: Slip, lengthMm: number) => void;
  reprint: (jobId: string, slip: Slip, lengthMm: number) => void;
  abandon: (jobId: string) => void;
  submitAid: () => void;
  rate: (score: RatingScore, reasons: readonly RatingReason[]) => void;
  /** After the core came back: the visit goes on under its pseudonym. */
  resume: () => void;
}

interface Surroundings {
  visit: () => Visit;
  dispatch: (event: VisitEvent) => void;
  connection: Connection;
  newId: () => string;
  today: () => string;
}

/** Everything the screens ask of the core, each ending in events for the visit. Never throws. */
export function hireClerk({ visit, dispatch, connection, newId, today }: Surroundings): Clerk {
  let tickets = 0;
  let opening: { visit: number; id: Promise<string> } | null = null;

  const session = (core: Core): Promise<string> => {
    const { number, sessionId, language } = visit();
    if (sessionId) return Promise.resolve(sessionId);
    if (opening?.visit === number) return opening.id;
    const { lost } = connection.current();
    const id = untilLost(lost, core.session.begin({ language })).then((begun) => {
      dispatch({ kind: 'sessionOpened', visit: number, sessionId: begun.sessionId });
      return begun.sessionId;
    });
    id.catch(() => (opening = null));
    opening = { visit: number, id };
    return id;
  };

  /** One step that leads to a screen, unless the citizen has gone elsewhere meanwhile. */
  const step = async (
    on: Waiting,
    work: (core: Core, sessionId: string) => Promise<Screen>,
    replacing = false,
  ) => {
    tickets += 1;
    const ticket = tickets;
    dispatch({ kind: 'waited', ticket, on });
    try {
      const { core, lost } = connection.current();
      if (!core) throw new Error('the core is away');
      const at = await untilLost(
        lost,
        session(core).then((sessionId) => work(core, sessionId)),
      );
      dispatch({ kind: 'arrived', ticket, at, replacing });
    } catch {
      dispatch({ kind: 'troubled', ticket });
    }
  };

  const follow = async (
    slip: Slip,
    lengthMm: number,
    job: (core: Core, sessionId: string) => Promise<AsyncIterable<PrintProgress>>,
  ) => {
    const { number } = visit();
    tickets += 1;
    const paper: Paper = { ticket: tickets, slip, lengthMm };
    dispatch({ kind: 'replaced', by: { at: 'printing', ...paper, share: 0 } });
    const tell = (screen: Extract<VisitEvent, { kind: 'progressed' }>['screen']) =>
      dispatch({ kind: 'progressed', visit: number, ticket: paper.ticket, screen });
    try {
      const { core, lost } = connection.current();
      if (!core) throw new Error('the core is away');
      const progress = await untilLost(
        lost,
        session(core).then((sessionId) => job(core, sessionId)),
      );
      for await (const state of progress) {
        const screen = afterProgress(state, paper);
        if (screen) tell(screen);
      }
    } catch {
      tell({ at: 'notPrinted', reason: 'interrupted' });
    }
  };

  const inBackground = (work: (core: Core) => Promise<unknown>) => {
    const { core } = connection.current();
    if (core) work(core).catch(() => undefined);
  };

  return {
    start: () => {
      dispatch({ kind: 'started' });
      inBackground(session);
    },
    end: (reason) => {
      const { sessionId } = visit();
      dispatch({ kind: 'ended' });
      opening = null;
      if (sessionId) inBackground((core) => core.session.end({ sessionId, reason }));
    },
    ask: (question, afresh = false) =>
      void step('answer', async (core, sessionId) =>
        afterAsking(question, await core.consult.ask({ sessionId, question, afresh })),
      ),
    hear: ({ text, alternatives, repaired, consultation }) => {
      if (consultation === null) return;
      const heard = { text, alternatives, repaired };
      dispatch({ kind: 'went', to: { at: 'heard', heard, outcome: afterAsking(text, consultation) } });
    },
    open: (answerId, fact) => {
      const kept = keptFrom(visit().screen);
      const said = fact === undefined ? [] : [...saidOn(visit().screen), fact];
      void step('answer', async (core, sessionId) => {
        const opened = await core.consult.open({ sessionId, answerId });
        return opened ? { at: 'answer', ...kept, ...opened, said } : { ...unavailable, ...kept };
      });
    },
    browse: () =>
      void step('topics', async (core) => {
        const { shelves } = await core.consult.shelves();
        return shelves.length > 0 ? { at: 'topics', shelves } : unavailable;
      }),
    browseGuides: () =>
      void step('topics', async (core) => {
        const { families } = await core.guides.list();
        return families.length > 0 ? { at: 'families', families } : unavailable;
      }),
    openGuide: (guideId) =>
      void step('guide', async (core, sessionId) => {
        const guide = await core.guides.get({ sessionId, guideId });
        return guide ? { at: 'guide', guide } : unavailable;
      }),
    find: (what, words) =>
      void step(what === 'guides' ? 'guide' : 'law', async (core) => {
        const query = words.trim();
        if (what === 'guides') {
          const { guides } = await core.guides.search({ query });
          return { at: 'foundGuides', query, guides };
        }
        const found = await core.statutes.search({ query });
        return found.state === 'found'
          ? { at: 'foundArticles', query, hits: found.hits, repealed: found.repealed }
          : { at: 'noArticle', reason: 'absent', name: null };
      }),
    readArticle: (name, turning = false) =>
      void step(
        'law',
        async (core) => {
          const page = await core.statutes.article(name);
          return page.state === 'found'
            ? { at: 'article', article: page.article }
            : { at: 'noArticle', reason: page.state, name };
        },
        turning,
      ),
    unsolved: (kind, id) =>
      void step('noting', async (core, sessionId) => {
        // Whoever can help is shown also where nothing could be written down.
        const { recorded } = await core.consult
          .unsolved({ sessionId, kind, id })
          .catch(() => ({ recorded: false }));
        return { at: 'unsolved', id, recorded };
      }),
    noneMeant: () =>
      void step('noting', async (core, sessionId) => {
        const { recorded } = await core.consult
          .unsolved({ sessionId, kind: 'choice' })
          .catch(() => ({ recorded: false }));
        return { at: 'unsolved', id: null, recorded };
      }),
    calculate: (interview) =>
      void step('calculation', async (core, sessionId) => {
        const plan = interviews[interview].plan(answersOf(visit(), interview), today());
        if (plan.kind === 'stopped') return { at: 'stopped', interview, reason: plan.reason };
        const { runs, missing, remarks, times } = plan;
        const outcomes = await outcomesOf(runs, core, sessionId);
        return { at: 'result', interview, outcomes, missing, remarks, times, shown: 0 };
      }),
    compare: ({ interview, outcomes: given }, { questionId, fieldId, answers }) =>
      void step('calculation', async (core, sessionId) => {
        const plan = interviews[interview].plan(answers, today());
        if (plan.kind === 'stopped') return { at: 'stopped', interview, reason: plan.reason };
        const supposed = await outcomesOf(plan.runs, core, sessionId);
        return { at: 'compare', interview, questionId, fieldId, answers, given, supposed };
      }),
    preview: (slip) =>
      void step('slip', async (core, sessionId) => {
        const preview = await core.receipt.preview({ sessionId, slip, language: visit().language });
        return preview.ok
          ? { at: 'preview', slip, preview: preview.value }
          : { at: 'notPrinted', reason: preview.failure };
      }),
    print: (slip, lengthMm) =>
      void follow(slip, lengthMm, (core, sessionId) =>
        core.receipt.print({ sessionId, slip, language: visit().language }),
      ),
    reprint: (jobId, slip, lengthMm) =>
      void follow(slip, lengthMm, (core, sessionId) => core.receipt.reprint({ sessionId, jobId })),
    abandon: (jobId) => {
      const { sessionId } = visit();
      dispatch({ kind: 'back' });
      if (sessionId) inBackground((core) => core.receipt.abandon({ sessionId, jobId }));
    },
    submitAid: () =>
      void step('saving', async (core, sessionId) => {
        const { aid } = visit();
        if (!aid.matter) return { at: 'aidReview' };
        const { name, idNumber, phone, address, matter, facts } = aid;
        const requestId = aid.requestId || newId();
        dispatch({ kind: 'filled', change: { requestId } });
        const form = {
          ...{ name, idNumber, phone, address, matter, facts },
          circumstances: [...aid.circumstances],
          papers: [...aid.papers],
        };
        const saved = await core.intake.submit({ sessionId, form, consent: true, requestId });
        return saved.state === 'saved_not_sent'
          ? {
              at: 'aidSaved',
              receiptNumber: saved.receiptNumber,
              lackingPapers: aidPapers.filter((paper) => !aid.papers.includes(paper)),
            }
          : { at: 'aidRefused', reason: saved.reason, fields: saved.fields };
      }),
    rate: (score, reasons) => {
      const { sessionId } = visit();
      const { core } = connection.current();
      // The visit ends only after the rating is in: the core refuses a rating of a visit that is over.
      const rated =
        core && sessionId
          ? core.rate.submit({ sessionId, score, reasons: [...reasons] })
          : Promise.resolve(null);
      dispatch({ kind: 'ended' });
      opening = null;
      const { number } = visit();
      void rated
        .catch(() => null)
        .then((result) => {
          // A second touch on the same face is no loss.
          const kept = result?.state === 'saved' || result?.reason === 'already_rated';
          if (!kept) dispatch({ kind: 'ratingLost', visit: number });
          if (sessionId) inBackground((later) => later.session.end({ sessionId, reason: 'finished' }));
        });
    },
    resume: () => {
      const { sessionId, language } = visit();
      if (sessionId) inBackground((core) => core.session.resume({ sessionId, language }));
    },
  };
}

/** Every run of a plan, in its order. */
const outcomesOf = (runs: readonly Run[], core: Core, sessionId: string): Promise<readonly Outcome[]> =>
  Promise.all(
    runs.map(async ({ calculator, inputs, label }) => ({
      ...{ label, calculator, inputs },
      result: await core.calculate.run({ sessionId, calculator, inputs }),
    })),
  );

/** The danger that a question spoke of and what it wanted do not pass because an answer was touched. */
function keptFrom(screen: Screen): Readonly<Attached> {
  switch (screen.at) {
    case 'heard':
      return keptFrom(screen.outcome);
    case 'facts':
      return keptFrom(screen.of);
    case 'answer':
    case 'choose':
    case 'handover':
      return { ...nothingAttached, urgent: screen.urgent, need: screen.need };
    default:
      return nothingAttached;
  }
}

/** Facts that were chosen so far; the trail goes on from them. */
function saidOn(screen: Screen): readonly string[] {
  if (screen.at === 'facts') return screen.of.said;
  return screen.at === 'answer' ? screen.said : [];
}

const unavailable: Extract<Screen, { at: 'handover' }> = {
  ...{ at: 'handover', reason: 'content_unavailable', suggestions: [] },
  ...nothingAttached,
};

function afterAsking(
  question: string,
  consultation: Consultation,
): Extract<Screen, { at: 'heard' }>['outcome'] {
  switch (consultation.decision) {
    case 'answer':
      return { at: 'answer', said: [], ...consultation };
    case 'choose':
      return { at: 'choose', question, ...consultation, facts: consultation.facts ?? {} };
    case 'handover':
      return { at: 'handover', ...consultation };
    case 'refused':
      return { at: 'refused', reason: consultation.reason };
  }
}

interface Paper {
  ticket: number;
  slip: Slip;
  lengthMm: number;
}

function afterProgress(progress: PrintProgress, paper: Paper) {
  switch (progress.state) {
    case 'printing':
      return { at: 'printing', ...paper, share: progress.share } as const;
    case 'printed':
      return { at: 'printed' } as const;
    case 'held': {
      const { jobId, reason, partly } = progress;
      return { at: 'held', ...paper, jobId, reason, partly } as const;
    }
    case 'refused':
      return { at: 'notPrinted', reason: progress.reason } as const;
    case 'abandoned':
      return null;
  }
}

/** The same promise, but rejected once the link is lost: an answer can then no longer come. */
function untilLost<Value>(lost: AbortSignal, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('the link to the core was lost'));
    if (lost.aborted) gone();
    lost.addEventListener('abort', gone, { once: true });
    promise.then(resolve, reject).finally(() => lost.removeEventListener('abort', gone));
  });
}
