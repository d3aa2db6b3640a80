export { statusOfIntake, submissionsOf, submitIntake } from './intake.ts';
export type { Submission } from './intake.ts';
