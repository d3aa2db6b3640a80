export { alsaRecorder, Microphone } from './driver.ts';
