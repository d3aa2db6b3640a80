export { identify } from './identify.ts';
export type { Found } from './identify.ts';
export { candidate, listPorts } from './ports.ts';
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
