export { QueueCounter, queueCounterTiming } from './driver.ts';
