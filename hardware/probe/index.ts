export { identify } from './identify.ts';
export type { Found } from './identify.ts';
export { candidate, listPorts } from './ports.ts';
export { findQueues } from './queues.ts';
export type { FoundQueue } from './queues.ts';
export {
  cardReaderCodes,
  documentPrinterCodes,
  microphoneCodes,
  printerCodes,
  queueCounterCodes,
  readinessOf,
  speakerCodes,
  speechModelCodes,
} from './readiness.ts';
export type { Check, FaultCode, Readiness } from './readiness.ts';
