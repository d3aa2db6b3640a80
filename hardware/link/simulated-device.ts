/** What a simulated device sends back, and how long after the bytes that asked for it. */
export interface SimulatedReply {
  bytes: Uint8Array;
  delayMs: number;
}

/** Protocol logic of a simulated device: bytes in, bytes out, no clock and no I/O. */
export interface SimulatedDevice {
  receive(bytes: Uint8Array): readonly SimulatedReply[];
}
