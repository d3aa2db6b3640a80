export { DocumentPrinter } from './driver.ts';
