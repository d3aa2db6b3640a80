/** `silent`: the port is open, nobody answers. */
export type QueueCounterStatus =
  { state: 'ready' } | { state: 'absent' } | { state: 'fault'; fault: 'silent' };

/** Why the hall gives no number. */
export type QueueRefusal = 'closed' | 'full' | 'unknown_service';

export type QueueNumber =
  /** `number` as the hall calls it; `waiting`: how many are called before. */
  | { kind: 'taken'; number: string; waiting: number }
  | { kind: 'refused'; reason: QueueRefusal }
  /** No number came: nobody is told one. `silent`: one may have been counted, which nobody holds. */
  | { kind: 'failed'; reason: 'absent' | 'silent' };

/** The counter of a hall that gives queue numbers (取号). */
export interface QueueCounterPort {
  status(): QueueCounterStatus;
  /** Called on each change; returns the unsubscribe function. */
  onStatus(listener: (status: QueueCounterStatus) => void): () => void;
  /** Takes one number for a service of the hall (`legal-aid`). Never two for one call, however bad the line. */
  take(service: string): Promise<QueueNumber>;
  close(): Promise<void>;
}
