import type { Answer, Consultation, OpenedAnswer } from '../../contract/consult.ts';
import type { Guide } from '../../contract/guide.ts';
import type { Subject } from '../../domain/consult/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Sessions, Visit } from './sessions.ts';

interface Traced {
  consultation: Consultation;
  trace: { topic: string | null; subject: Subject | null };
}

/** The part of the consultant that a visit uses; see app/core/consult. */
export interface AnswerSource {
  /** Answers a question, perhaps in the light of what was spoken of before; the trace says what it was taken to be about. */
  trace(question: string, subject: Subject | null): Promise<Traced>;
  open(answerId: string): Answer | null;
  openWithNear(answerId: string): Promise<(OpenedAnswer & { subject: Subject }) | null>;
  guides: { open(guideId: string): Guide | null };
}

interface Recording {
  sessions: Sessions;
  journal: Journal;
  answers: AnswerSource;
}

/** What this visit speaks of, among its belongings: gone when it ends. */
const SUBJECT = 'subject';

const subjectOf = (visit: Visit | null) => (visit?.belongings.get(SUBJECT) as Subject | undefined) ?? null;

/**
 * Answers a question and writes down what was decided, never the words. One that means nothing by itself is read in the
 * light of what the visit spoke of before, unless it is meant `afresh`. A visit that ended meanwhile still gets its answer,
 * and nothing is written.
 */
export async function askInVisit(
  { sessions, journal, answers }: Recording,
  { sessionId, question, afresh = false }: { sessionId: string; question: string; afresh?: boolean },
): Promise<Consultation> {
  const traced = await answers.trace(question, afresh ? null : subjectOf(sessions.find(sessionId)));
  const { consultation, trace } = traced;
  const visit = sessions.find(sessionId);
  if (visit === null) return consultation;
  if (trace.subject !== null) visit.belongings.set(SUBJECT, trace.subject);
  journal.record({ type: 'consult.asked', payload: { session: visit.id, ...decided(traced) } });
  visit.served ||= consultation.decision !== 'refused';
  return consultation;
}

/** Opens an answer found by touch; the next question may go on about it. */
export async function openInVisit(
  { sessions, journal, answers }: Recording,
  { sessionId, answerId }: { sessionId: string; answerId: string },
): Promise<OpenedAnswer | null> {
  const opened = await answers.openWithNear(answerId);
  if (opened === null) return null;
  const { subject, ...shown } = opened;
  const visit = sessions.find(sessionId);
  if (visit === null) return shown;
  visit.belongings.set(SUBJECT, subject);
  journal.record({ type: 'consult.opened', payload: { session: visit.id, answer: shown.answer.id } });
  visit.served = true;
  return shown;
}

/** Opens a guide. */
export function openGuideInVisit(
  { sessions, journal, answers }: Recording,
  { sessionId, guideId }: { sessionId: string; guideId: string },
): Guide | null {
  const guide = answers.guides.open(guideId);
  const visit = sessions.find(sessionId);
  if (guide === null || visit === null) return guide;
  journal.record({ type: 'guide.opened', payload: { session: visit.id, guide: guide.id } });
  visit.served = true;
  return guide;
}

/** What did not help: an answer, a guide, or a choice of which none was meant. */
type Unsolved = { kind: 'answer' | 'guide'; id: string } | { kind: 'choice' };

/**
 * Writes down that an answer or a guide did not solve it, with its topic and id, or that none of a choice was meant, of
 * which nothing is known; nothing of the visitor. True once it stands in the journal.
 */
export function noteUnsolved(
  { sessions, journal, answers }: Recording,
  { sessionId, ...what }: { sessionId: string } & Unsolved,
): boolean {
  const entry =
    what.kind === 'choice'
      ? { topic: null, id: null }
      : what.kind === 'answer'
        ? answers.open(what.id)
        : answers.guides.open(what.id);
  const visit = sessions.find(sessionId);
  if (entry === null || visit === null) return false;
  return journal.record({
    type: 'consult.unsolved',
    payload: { session: visit.id, kind: what.kind, topic: entry.topic, entry: entry.id },
  }).ok;
}

function decided({ consultation, trace }: Traced): {
  decision: string;
  topic: string | null;
  answer: string | null;
  urgent: string | null;
} {
  const answer = consultation.decision === 'answer' ? consultation.answer : null;
  const urgent = consultation.decision === 'refused' ? null : (consultation.urgent?.kind ?? null);
  const decision =
    'reason' in consultation ? `${consultation.decision}:${consultation.reason}` : consultation.decision;
  return { decision, topic: answer?.topic ?? trace.topic, answer: answer?.id ?? null, urgent };
}
