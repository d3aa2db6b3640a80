export { exchange } from './exchange.ts';
export type { Transport } from './exchange.ts';
export { httpTransport } from './transport.ts';
export { retryDelay, Uplink } from './uplink.ts';
