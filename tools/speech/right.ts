import type { Consultant } from '../../app/core/consult/index.ts';

/** The answer that is shown, or offered first, for a question; null when there is none. */
export async function shownFirst(
  consultant: Pick<Consultant, 'ask'>,
  question: string,
): Promise<string | null> {
  const consultation = await consultant.ask(question);
  switch (consultation.decision) {
    case 'answer':
      return consultation.answer.id;
    case 'choose':
      return consultation.candidates[0]?.id ?? null;
    case 'handover':
    case 'refused':
      return null;
  }
}
