/** What a simulated device sends back, and how long after the bytes that asked for it. */
export interface SimulatedReply {
  bytes: Uint8Array;
  delayMs: number;
}

/** Protocol logic of a simulated device: bytes in, bytes out. */
export interface SimulatedDevice {
  receive(bytes: Uint8Array): readonly SimulatedReply[];
  /** Devices that also speak later, or unasked: what they say then. Returns the unsubscribe function. */
  onSpeak?(listener: (reply: SimulatedReply) => void): () => void;
  /** Devices that stop the line: true while they cannot take more. */
  readonly busy?: boolean;
}
