export { LineFaults } from './line-faults.ts';
export type { ByteLink, SerialFlow, WriteFailure } from './link.ts';
export { Listeners } from './listeners.ts';
export { MemoryLink } from './memory.ts';
export { SerialLink } from './serial.ts';
export { SilentRounds } from './silent-rounds.ts';
export type { SimulatedDevice, SimulatedReply } from './simulated-device.ts';
