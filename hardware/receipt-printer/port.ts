import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';

/** What the application knows of the printer. `ready` with `paperLow` still prints. */
export type PrinterStatus =
  | { state: 'ready'; paperLow: boolean }
  | { state: 'busy' }
  | { state: 'fault'; fault: PrinterFault }
  | { state: 'absent' };

export type PrinterFault = 'paper_out' | 'cover_open' | 'cutter_jam' | 'overheated' | 'offline';

/**
 * Where the printed slip is, on printers that hold it in a mouth. `none`: no slip yet, or a printer that drops it.
 * `untaken`: it lies there so long that the person should be reminded; `retracted`: it is back in the machine.
 */
export type SlipPlace = 'none' | 'offered' | 'untaken' | 'taken' | 'retracted';

/**
 * How one job ended. `printed`: the printer said so after the last byte. `not_started`: no byte left us.
 * `interrupted`: some bytes may be on paper; only a whole new copy can help.
 */
export type PrintOutcome =
  | { kind: 'printed' }
  | { kind: 'not_started'; reason: PrinterFault | 'absent' | 'busy' | 'cancelled' }
  | { kind: 'interrupted'; reason: PrinterFault | 'absent' | 'cancelled' };

export interface PrintLayout {
  /** Length of the slip. */
  lengthMm: number;
  widthMm: number;
  /** The lines as they will stand on paper, for the preview on screen. */
  lines: readonly PreviewLine[];
}

type PreviewLine =
  | { kind: 'text'; text: string; scale: 1 | 2; bold: boolean; align: 'left' | 'center' }
  | { kind: 'rule' }
  | { kind: 'space' }
  | { kind: 'qr'; data: string };

export interface ReceiptPrinterPort {
  status(): PrinterStatus;
  /** Called on each change; returns the unsubscribe function. */
  onStatus(listener: (status: PrinterStatus) => void): () => void;
  slipPlace(): SlipPlace;
  /** Called on each change; returns the unsubscribe function. */
  onSlipPlace(listener: (place: SlipPlace) => void): () => void;
  /**
   * At the end of a visit: takes an untaken slip back after a moment in which it can still be reached for, where the model
   * can. Otherwise it does so in time.
   */
  takeSlipBack(): Promise<void>;
  layout(document: ReceiptDocument): PrintLayout;
  /**
   * Prints one slip. Never rejects for anything a hand can do to the printer.
   * `onProgress` gets the share of bytes the printer has taken, 0..1. Aborting cancels what has not been sent.
   * `testsFont` gives the printer's own font all that a GBK font holds, so that a test page shows what it lacks.
   */
  print(
    document: ReceiptDocument,
    options?: { signal?: AbortSignal; onProgress?: (share: number) => void; testsFont?: boolean },
  ): Promise<PrintOutcome>;
  close(): Promise<void>;
}
