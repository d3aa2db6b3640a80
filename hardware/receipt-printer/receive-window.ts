/** So much is left free: a printer counts otherwise than we do, and our questions take room too. */
const reserveBytes = 128;

/**
 * How much of a job may wait in the printer's receive buffer. A full one loses what comes, and tells nobody; one that stops
 * the line stops our questions with it. So no more is sent than there is room for.
 */
export class ReceiveWindow {
  readonly #room: number;
  readonly #total: number;
  #sent = 0;
  #workedOff = 0;
  readonly #marks: number[] = [];

  /** For a job of `total` bytes to a printer that takes `bufferBytes` at once. */
  constructor({ bufferBytes, total }: { bufferBytes: number; total: number }) {
    this.#room = bufferBytes - reserveBytes;
    this.#total = total;
  }

  /** A piece larger than the buffer has room when nothing else waits. */
  hasRoom(bytes: number): boolean {
    const waiting = this.#sent - this.#workedOff;
    return waiting === 0 || waiting + bytes <= this.#room;
  }

  send(bytes: number): void {
    this.#sent += bytes;
  }

  /** A question was asked in line: its answer says that all before it is worked off. */
  mark(): void {
    this.#marks.push(this.#sent);
  }

  /** So many of the questions in line were answered. */
  answered(count: number): void {
    this.#grow(this.#marks[count - 1] ?? 0);
  }

  /** The printer says that it is idle. */
  emptied(): void {
    this.#grow(this.#sent);
  }

  /** This share of the time has passed in which the slowest printer prints the job. */
  passed(share: number): void {
    this.#grow(Math.floor(this.#total * Math.min(1, share)));
  }

  #grow(workedOff: number): void {
    this.#workedOff = Math.min(this.#sent, Math.max(this.#workedOff, workedOff));
  }
}
