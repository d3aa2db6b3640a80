export { DocumentPrinter } from './driver.ts';
export { queuesIn } from './lpstat.ts';
export { printingSystemOf } from './programs.ts';
