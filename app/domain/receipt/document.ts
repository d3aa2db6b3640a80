/**
 * What is to stand on the slip, before anybody knows on which paper. The one source of the printed bytes, the preview
 * on screen, the picture in tests and the text that is read aloud.
 */
export interface ReceiptDocument {
  /** Neutral words for the printer queue and the screen; never a name or a legal problem (a slip is seen by others). */
  title: string;
  blocks: readonly ReceiptBlock[];
}

export type ReceiptBlock =
  | { kind: 'title'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; emphasis?: 'strong' | 'small'; align?: 'left' | 'center' }
  /** A label at the left and a value at the right edge, e.g. an amount. */
  | { kind: 'pair'; label: string; value: string; emphasis?: 'strong' }
  /** Numbered steps. */
  | { kind: 'steps'; items: readonly string[] }
  /** Tick boxes for papers to bring. */
  | { kind: 'checklist'; items: readonly string[] }
  | { kind: 'rule' }
  | { kind: 'space' }
  /** `data` is encoded as it is (error correction M); `caption` stands below. */
  | { kind: 'qr'; data: string; caption?: string };
