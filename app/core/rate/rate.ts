import type { z } from 'zod';

import type { RatingReason, RatingScore, rateResult } from '../../contract/rate.ts';
import type { Journal } from '../journal/index.ts';
import type { Sessions } from '../session/index.ts';

/** One rating a visit, only after something was done for the visitor (好差评). */
export function submitRating(
  { sessions, journal }: { sessions: Sessions; journal: Journal },
  { sessionId, score, reasons }: { sessionId: string; score: RatingScore; reasons: RatingReason[] },
): z.infer<typeof rateResult> {
  const visit = sessions.find(sessionId);
  if (visit === null) return { state: 'refused', reason: 'no_session' };
  if (visit.rated) return { state: 'refused', reason: 'already_rated' };
  if (!visit.served) return { state: 'refused', reason: 'nothing_to_rate' };
  const saved = journal.record({
    type: 'rating.given',
    payload: { session: visit.id, score, reasons: [...new Set(reasons)] },
  });
  if (!saved.ok) return { state: 'refused', reason: 'cannot_save' };
  visit.rated = true;
  return { state: 'saved' };
}
