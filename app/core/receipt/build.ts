import type { Answer } from '../../contract/consult.ts';
import type { Guide } from '../../contract/guide.ts';
import type { KioskState } from '../../contract/kiosk.ts';
import type { Slip } from '../../contract/receipt.ts';
import type { Language } from '../../contract/session.ts';
import { hasAmounts, isPackOld } from '../../domain/compensation/index.ts';
import { interviews, readAnswers } from '../../domain/interview/index.ts';
import type { ReceiptDocument } from '../../domain/receipt/document.ts';
import { failure, success, type Result } from '../../domain/result.ts';
import type { Calculator } from '../calculate/index.ts';
import { statusOfIntake, submissionsOf } from '../intake/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Visit } from '../session/index.ts';
import { answerSlip } from './slips/answer.ts';
import { calculationSlip } from './slips/calculation.ts';
import { contactsSlip } from './slips/contacts.ts';
import { guideSlip } from './slips/guide.ts';
import { ending } from './slips/ending.ts';
import { intakeSlip } from './slips/intake.ts';
import { wordsIn } from './words.ts';

export interface SlipSources {
  openAnswer: (answerId: string) => Answer | null;
  openGuide: (guideId: string) => Guide | null;
  calculator: Calculator;
  journal: Journal;
  state: () => Pick<KioskState, 'site' | 'content'>;
  today: () => string;
}

/** Makes the slip that a visitor may print. Only slips of this visit: a receipt number of another is unknown here. */
export function buildSlip(
  slip: Slip,
  { visit, language, sources }: { visit: Visit; language: Language; sources: SlipSources },
): Result<ReceiptDocument, 'unknown_slip'> {
  const words = wordsIn(language);
  const today = sources.today();
  const { site, content } = sources.state();
  const version =
    content.pack === '' ? [] : [words.receipt('contentAsOf', { pack: content.pack, date: content.asOf })];
  const end = (lines: readonly string[]) => ending(words, { today, site: site.name, lines });
  switch (slip.kind) {
    case 'contacts':
      return success(contactsSlip(words, end([])));
    case 'answer': {
      const answer = sources.openAnswer(slip.answerId);
      return answer === null ? failure('unknown_slip') : success(answerSlip(answer, words, end(version)));
    }
    case 'guide': {
      const guide = sources.openGuide(slip.guideId);
      return guide === null ? failure('unknown_slip') : success(guideSlip(guide, words, end(version)));
    }
    case 'calculation': {
      const calculated = calculate(slip, today, sources.calculator);
      if (calculated === null) return failure('unknown_slip');
      const packIsOld = isPackOld(content.asOf, today);
      const { bothSides } = slip;
      return success(calculationSlip({ ...calculated, bothSides, today, packIsOld }, words, end(version)));
    }
    case 'intake': {
      const submission = submissionsOf(visit).get(slip.receiptNumber);
      const status = statusOfIntake(sources.journal, slip.receiptNumber);
      if (submission === undefined || status === 'unknown') return failure('unknown_slip');
      return success(
        intakeSlip({ receiptNumber: slip.receiptNumber, status, ...submission }, words, end([])),
      );
    }
  }
}

/** Plans and computes anew from the answers alone; null for answers that are not finished or that nothing follows from. */
function calculate(
  { interview: id, answers: given }: Extract<Slip, { kind: 'calculation' }>,
  today: string,
  calculator: Calculator,
) {
  const interview = interviews[id];
  const answers = readAnswers(interview, given, today);
  const plan = answers && interview.plan(answers, today);
  if (answers === null || plan?.kind !== 'runs') return null;
  const sheets = plan.runs.flatMap(({ calculator: run, inputs, label }) => {
    const result = calculator.run(run, inputs);
    if (!result.ok) return [];
    // Whether there is a claim, and until when, anybody can check without a machine.
    const proof = hasAmounts(result.value) ? calculator.prove(run, inputs) : null;
    return [{ label, calculation: result.value, proof }];
  });
  if (sheets.length === 0) return null;
  const { missing, remarks, times } = plan;
  return { interview, answers, sheets, missing, remarks, times };
}
