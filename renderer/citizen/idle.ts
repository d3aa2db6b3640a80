import type { Visit } from './visit.ts';

/** How long nobody may touch the screen, and how long the warning then waits, in milliseconds. */
export interface IdlePolicy {
  afterMs: number;
  warningMs: number;
}

const reading: IdlePolicy = { afterMs: 60_000, warningMs: 20_000 };
const form: IdlePolicy = { afterMs: 120_000, warningMs: 30_000 };
/** Somebody may have gone to fetch staff for the paper; their slip waits in this visit. */
const trouble: IdlePolicy = { afterMs: 300_000, warningMs: 60_000 };

/** The clock that suits the screen; null where no visit is going on or the machine itself is busy. */
export function idlePolicy(visit: Visit): IdlePolicy | null {
  const policy = policyOf(visit.screen.at);
  return policy && (visit.elder || visit.byEar)
    ? { afterMs: policy.afterMs * 3, warningMs: policy.warningMs * 3 }
    : policy;
}

function policyOf(at: Visit['screen']['at']): IdlePolicy | null {
  switch (at) {
    case 'attract':
    case 'farewell':
    case 'printing':
      return null;
    case 'held':
      return trouble;
    case 'ask':
    case 'speak':
    case 'find':
    case 'question':
    case 'field':
    case 'review':
    case 'aidConsent':
    case 'aid':
    case 'aidReview':
      return form;
    default:
      return reading;
  }
}
