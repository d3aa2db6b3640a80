/** The intent model as the kiosk uses it. Training has its own face, `training.ts`, so that none of it is bundled. */
export { openIntentModel } from './load.ts';
export type { IntentModel, IntentPrediction } from './load.ts';
export { INTENT_FORMAT } from './settings.ts';
export type { IntentSettings } from './settings.ts';
