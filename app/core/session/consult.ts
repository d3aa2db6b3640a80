import type { Answer, Consultation } from '../../contract/consult.ts';
import type { Guide } from '../../contract/guide.ts';
import type { Journal } from '../journal/index.ts';
import type { Sessions } from './sessions.ts';

interface Traced {
  consultation: Consultation;
  trace: { topic: string | null };
}

/** The part of the consultant that a visit uses; see app/core/consult. */
export interface AnswerSource {
  /** Answers a question; the trace says what it was taken to be about. */
  trace(question: string): Promise<Traced>;
  open(answerId: string): Answer | null;
  guides: { open(guideId: string): Guide | null };
}

interface Recording {
  sessions: Sessions;
  journal: Journal;
  answers: AnswerSource;
}

/**
 * Answers a question and writes down what was decided, never the words. A visit that ended meanwhile still gets its
 * answer, and nothing is written.
 */
export async function askInVisit(
  { sessions, journal, answers }: Recording,
  { sessionId, question }: { sessionId: string; question: string },
): Promise<Consultation> {
  const traced = await answers.trace(question);
  const { consultation } = traced;
  const visit = sessions.find(sessionId);
  if (visit === null) return consultation;
  journal.record({ type: 'consult.asked', payload: { session: visit.id, ...decided(traced) } });
  visit.served ||= consultation.decision !== 'refused';
  return consultation;
}

/** Opens an answer found by touch. */
export function openInVisit(
  { sessions, journal, answers }: Recording,
  { sessionId, answerId }: { sessionId: string; answerId: string },
): Answer | null {
  const answer = answers.open(answerId);
  const visit = sessions.find(sessionId);
  if (answer === null || visit === null) return answer;
  journal.record({ type: 'consult.opened', payload: { session: visit.id, answer: answer.id } });
  visit.served = true;
  return answer;
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

/**
 * Writes down that an answer or a guide did not solve it: its topic and id, nothing of the visitor. True once it
 * stands in the journal.
 */
export function noteUnsolved(
  { sessions, journal, answers }: Recording,
  { sessionId, kind, id }: { sessionId: string; kind: 'answer' | 'guide'; id: string },
): boolean {
  const entry = kind === 'answer' ? answers.open(id) : answers.guides.open(id);
  const visit = sessions.find(sessionId);
  if (entry === null || visit === null) return false;
  return journal.record({
    type: 'consult.unsolved',
    payload: { session: visit.id, kind, topic: entry.topic, entry: entry.id },
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
