import type { Database } from './database.ts';

/** Where a pre-application lies in the journal. The sealed content itself is the payload of that row. */
interface StoredIntake {
  requestId: string;
  receiptNumber: string;
  session: string;
  stream: string;
  seq: number;
}

const COLUMNS = 'request_id AS requestId, receipt_number AS receiptNumber, session, stream, seq';

/** Writes where it lies; the last word wins, for one that moved into another stream. */
export function saveIntake(database: Database, intake: StoredIntake): void {
  database
    .prepare(
      `INSERT INTO intake (request_id, receipt_number, session, stream, seq)
       VALUES ($requestId, $receiptNumber, $session, $stream, $seq)
       ON CONFLICT (request_id) DO UPDATE SET stream = excluded.stream, seq = excluded.seq`,
    )
    .run(intake);
}

export function intakeByRequest(database: Database, requestId: string): StoredIntake | undefined {
  return database.prepare(`SELECT ${COLUMNS} FROM intake WHERE request_id = ?`).get(requestId) as
    StoredIntake | undefined;
}

export function intakeByReceipt(database: Database, receiptNumber: string): StoredIntake | undefined {
  return database.prepare(`SELECT ${COLUMNS} FROM intake WHERE receipt_number = ?`).get(receiptNumber) as
    StoredIntake | undefined;
}

/** Whether the hub has confirmed the row that carries it. */
export function intakeReceived(database: Database, intake: StoredIntake): boolean {
  const cursor = database.prepare('SELECT cursor FROM stream WHERE id = ?').pluck().get(intake.stream) as
    number | undefined;
  return cursor !== undefined && cursor >= intake.seq;
}
