export { statusOfIntake, submissionsOf, submitIntake } from './intake.ts';
