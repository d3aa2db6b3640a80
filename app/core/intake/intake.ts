import type { z } from 'zod';

import type { IntakeResult, LegalAidForm, intakeStatus } from '../../contract/intake.ts';
import { ageOfIdNumber } from '../../domain/identity/number.ts';
import { LEGAL_AID_PAPERS, papersNeeded } from '../../domain/intake/index.ts';
import type { Randomness } from '../edges.ts';
import type { Journal } from '../journal/index.ts';
import type { Sessions, Visit } from '../session/index.ts';
import { intakeByReceipt, intakeByRequest, intakeReceived, saveIntake } from '../store/intakes.ts';
import { newReceiptNumber } from './receipt-number.ts';
import { seal } from './seal.ts';

/** Children below this age apply with a guardian at the window (personal information of a child under 14 is sensitive). */
const YOUNGEST_APPLICANT = 14;
const NONCE_BYTES = 12;

interface IntakeDependencies {
  sessions: Sessions;
  journal: Journal;
  random: Randomness;
  today: () => string;
  kioskId: string;
  recipientKey: string | null;
}

/** What the slip says beside the number; in memory for this visit only. */
interface Submission {
  papersHave: string[];
  papersMissing: string[];
}

type Refusal = Extract<IntakeResult, { state: 'refused' }>['reason'];
const refused = (reason: Refusal, fields: string[] = []): IntakeResult => ({
  state: 'refused',
  reason,
  fields,
});

/**
 * Takes a pre-application: sealed before it touches the disk, durable before it is acknowledged. The same `requestId`
 * again gives the same receipt number.
 */
export function submitIntake(
  dependencies: IntakeDependencies,
  {
    sessionId,
    form,
    consent,
    requestId,
  }: { sessionId: string; form: LegalAidForm; consent: boolean; requestId: string },
): IntakeResult {
  const { sessions, journal, random, today, kioskId, recipientKey } = dependencies;
  const visit = sessions.find(sessionId);
  if (visit === null) return refused('no_session');
  if (recipientKey === null) return refused('not_offered');
  if (!consent) return refused('consent_missing');
  const age = form.idNumber === '' ? null : ageOfIdNumber(form.idNumber, today());
  const wrong = wrongFields(form, age);
  if (wrong.length > 0) return refused('invalid_form', wrong);
  if (age !== null && age < YOUNGEST_APPLICANT) return refused('under_14');
  const saved = journal.write((append, database) => {
    const earlier = intakeByRequest(database, requestId);
    if (earlier !== undefined) return earlier.receiptNumber;
    const receiptNumber = newReceiptNumber(
      today(),
      (number) => intakeByReceipt(database, number) !== undefined,
    );
    const sealed = seal(JSON.stringify(form), {
      recipientKey,
      context: `${kioskId}/${receiptNumber}/${requestId}`,
      nonce: random.bytes(NONCE_BYTES),
    });
    const at = append({
      type: 'intake.submitted',
      payload: { session: visit.id, requestId, receiptNumber, sealed },
    });
    saveIntake(database, { requestId, receiptNumber, session: visit.id, ...at });
    return receiptNumber;
  });
  if (!saved.ok) return refused('cannot_save');
  visit.served = true;
  submissionsOf(visit).set(saved.value, papersOf(form));
  return { state: 'saved_not_sent', receiptNumber: saved.value };
}

/** Where a pre-application is, as far as this machine truly knows. */
export function statusOfIntake(journal: Journal, receiptNumber: string): z.infer<typeof intakeStatus> {
  const status = journal.read((database) => {
    const intake = intakeByReceipt(database, receiptNumber);
    if (intake === undefined) return 'unknown';
    return intakeReceived(database, intake) ? 'received' : 'saved_not_sent';
  });
  return status.ok ? status.value : 'unknown';
}

/** The pre-applications of this visit, by receipt number. */
export function submissionsOf(visit: Visit): Map<string, Submission> {
  const kept = visit.belongings.get('intake') as Map<string, Submission> | undefined;
  if (kept !== undefined) return kept;
  const fresh = new Map<string, Submission>();
  visit.belongings.set('intake', fresh);
  return fresh;
}

function wrongFields(form: LegalAidForm, age: number | null): string[] {
  const wrong: string[] = [];
  if (form.idNumber !== '' && age === null) wrong.push('idNumber');
  if (form.circumstances.includes('none') && form.circumstances.length > 1) wrong.push('circumstances');
  if (form.papers.some((paper) => !(LEGAL_AID_PAPERS as readonly string[]).includes(paper)))
    wrong.push('papers');
  return wrong;
}

function papersOf(form: LegalAidForm): Submission {
  const needed: readonly string[] = papersNeeded(form);
  return {
    papersHave: needed.filter((paper) => form.papers.includes(paper)),
    papersMissing: needed.filter((paper) => !form.papers.includes(paper)),
  };
}
