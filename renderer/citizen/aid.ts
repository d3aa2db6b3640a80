import { isForeign2017Number } from '../../app/domain/identity/number.ts';
import type { AidDraft, AidStep, Screen } from './visit.ts';

/** The papers that a form asks about; words in intake.json under `paper.<code>`. */
export const aidPapers = ['identity', 'case', 'hardship', 'circumstance'] as const;

const steps: readonly AidStep[] = [
  'identity',
  'name',
  'idNumber',
  'address',
  'phone',
  'matter',
  'circumstances',
  'papers',
  'facts',
];

/** What an identity card already answered is not asked again. */
const asked = (draft: AidDraft) =>
  steps.filter((step) => !(draft.fromCard && (step === 'name' || step === 'idNumber' || step === 'address')));

/** The screen after a step: the next question, or the review after the last one and after every change. */
export function afterAidStep(draft: AidDraft, step: AidStep, changing: boolean): Screen {
  const list = asked(draft);
  const next = list[list.indexOf(step) + 1];
  return changing || !next ? { at: 'aidReview' } : { at: 'aid', step: next, changing: false };
}

/** Where a step stands among those asked, counted from one. */
export function aidProgress(draft: AidDraft, step: AidStep): { position: number; total: number } {
  const list = asked(draft);
  return { position: list.indexOf(step) + 1, total: list.length };
}

/** Whether what stands in the draft for a step can be handed in; the core checks all of it again. */
export function aidStepComplete(draft: AidDraft, step: AidStep): boolean {
  switch (step) {
    case 'name':
      return draft.name.trim() !== '';
    case 'idNumber':
      return (
        draft.idNumber === '' ||
        /^\d{17}[\dX]$/.test(draft.idNumber) ||
        // Its letters cannot be typed here.
        (draft.fromCard && isForeign2017Number(draft.idNumber))
      );
    case 'phone':
      return /^1\d{10}$/.test(draft.phone);
    case 'matter':
      return draft.matter !== null;
    case 'circumstances':
      return draft.circumstances.length > 0;
    default:
      return true;
  }
}

/** The first step that still lacks something, or null when the form can be handed in. */
export const lackingAidStep = (draft: AidDraft): AidStep | null =>
  steps.find((step) => !aidStepComplete(draft, step)) ?? null;

/** `none` excludes every other circumstance, and any other excludes `none`. */
export function toggled<Code extends string>(chosen: readonly Code[], code: Code): readonly Code[] {
  if (chosen.includes(code)) return chosen.filter((one) => one !== code);
  return code === 'none' ? [code] : [...chosen.filter((one) => one !== 'none'), code];
}
