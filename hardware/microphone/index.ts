export { alsaRecorder, Microphone } from './driver.ts';
export type { RecorderProgram } from './recorder-process.ts';
