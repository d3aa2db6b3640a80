import type { Acknowledgement, Batch } from '../../app/contract/sync.ts';

export type Received =
  | { kind: 'acknowledged'; acknowledgement: Acknowledgement }
  | { kind: 'conflict'; conflict: 'gap' | 'fork'; acknowledgement: Acknowledgement }
  | { kind: 'broken'; seq: number };

export interface KioskSummary {
  kioskId: string;
  /** Epoch milliseconds; null for a kiosk never heard of. */
  lastReceivedAt: number | null;
  streams: { stream: string; cursor: number; rows: number; missing: number }[];
  counts: Record<string, number>;
}

/** Where the hub keeps what kiosks send. Asynchronous, so that a database server can stand behind it. */
export interface HubStorage {
  /** One transaction, durable before it resolves. The same batch again changes nothing. */
  receive(batch: Batch): Promise<Received>;
  summary(kioskId: string): Promise<KioskSummary>;
  close(): Promise<void>;
}
