export { cardReaderSpeeds, IdCardReader } from './driver.ts';
