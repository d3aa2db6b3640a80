import { deflateSync, inflateSync } from 'fflate';
import { isCalendarDate } from '../../calendar/index.ts';
import { failure, success, type Result } from '../../result.ts';
import { calculate } from '../calculate.ts';
import type { Calculation, CalculationError } from '../calculation.ts';
import type { ParameterTable } from '../parameters.ts';
import { isRecord } from '../record.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { canonical, checksum } from './checksum.ts';
import { isRow, rowsNeeded, tableOf, unpublished, type Row } from './figures.ts';
import { WORDS } from './words.ts';

/** Stands in front of every proof; another layout gets another number. */
const FORMAT = 'YL1:';
/** A QR code of the printed size holds no more. */
const MOST_CHARACTERS = 4_000;
const MOST_BYTES = 65_536;

/** Everything that a sheet was made of: inputs and figures, never a name, a number of a person or an address. */
export interface Proof {
  engineVersion: string;
  calculator: string;
  /** ISO day of the sheet. */
  today: string;
  region: string;
  inputs: Readonly<Record<string, unknown>>;
  figures: readonly Row[];
  /** Over all of the above and the result. */
  sum: string;
}

/** What a recomputation says of a proof. */
export interface Verdict {
  proof: Proof;
  /** The sheet recomputed, or why its inputs are refused. */
  result: Result<Calculation, CalculationError>;
  /** Whether nothing was changed since the sheet was made. */
  consistent: boolean;
  /** Made by another version of the engine: a difference may come from that. */
  otherEngine: boolean;
  /** Keys of figures that are not in the published table as they stand here. */
  unpublishedFigures: readonly string[];
}

interface Request {
  calculator: string;
  inputs: Readonly<Record<string, unknown>>;
  today: string;
  region?: string;
}

/** The result as far as it can be recomputed anywhere: everything but where a figure was read. */
const outcomeOf = (result: Result<Calculation, CalculationError>): string =>
  canonical(
    result.ok
      ? { ...result.value, figures: result.value.figures.map((figure) => ({ ...figure, source: '' })) }
      : result.failure,
  );

type Content = Omit<Proof, 'sum'>;
const layout = ({ engineVersion, calculator, today, region, inputs, figures }: Content) =>
  [engineVersion, calculator, today, region, inputs, figures] as const;

const sumOf = (content: Content, outcome: string): string =>
  checksum(`${canonical(layout(content))}\n${outcome}`);

function write(proof: Proof): string {
  const bytes = new TextEncoder().encode(canonical([...layout(proof), proof.sum]));
  return FORMAT + encodeBase45(deflateSync(bytes, { level: 9, mem: 8, dictionary: WORDS }));
}

/**
 * A sheet as a short text for a QR code: what was put in, the figures it rests on and a checksum of all of it and the result.
 * The same sheet always gives the same text. Fails as the calculation itself does.
 */
export function encodeProof(
  { calculator, inputs, today, region = 'CN-53' }: Request,
  table: ParameterTable,
): Result<string, CalculationError> {
  const compute = (figures: ParameterTable) => calculate(calculator, inputs, figures, { today, region });
  const result = compute(table);
  if (!result.ok) return result;
  const figures = rowsNeeded(table, (less) => outcomeOf(compute(less)));
  const content = { engineVersion: result.value.engineVersion, calculator, today, region, inputs, figures };
  return success(write({ ...content, sum: sumOf(content, outcomeOf(result)) }));
}

function unpack(text: string): unknown {
  const bytes = text.startsWith(FORMAT) ? decodeBase45(text.slice(FORMAT.length)) : null;
  if (bytes === null) return null;
  try {
    const plain = inflateSync(bytes, { dictionary: WORDS, out: new Uint8Array(MOST_BYTES) });
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)) as unknown;
  } catch {
    return null;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 80;

/** Reads a proof without judging it. Never throws, whatever text arrives. */
export function readProof(text: string): Result<Proof, 'unreadable'> {
  const parts = text.length > MOST_CHARACTERS ? null : unpack(text.trim());
  if (!Array.isArray(parts) || parts.length !== 7) return failure('unreadable');
  const [engineVersion, calculator, today, region, inputs, rows, sum] = parts as readonly unknown[];
  if (!isText(engineVersion) || !isText(calculator) || !isText(region) || !isText(sum))
    return failure('unreadable');
  if (!isText(today) || !isCalendarDate(today) || !isRecord(inputs)) return failure('unreadable');
  if (!Array.isArray(rows) || !rows.every(isRow)) return failure('unreadable');
  return success({ engineVersion, calculator, today, region, inputs, figures: rows, sum });
}

/**
 * Recomputes a proof with the figures it carries and compares. `published`: the table of the verifier, for the law's own numbers
 * and to say which figures of the proof it does not know.
 */
export function verifyProof(text: string, published: ParameterTable): Result<Verdict, 'unreadable'> {
  const read = readProof(text);
  if (!read.ok) return read;
  const proof = read.value;
  const { calculator, inputs, today, region, figures } = proof;
  const result = calculate(calculator, inputs, tableOf(figures, published), { today, region });
  const otherEngine = result.ok && result.value.engineVersion !== proof.engineVersion;
  return success({
    proof,
    result,
    otherEngine,
    // Written again it must be the very same text: compressed data has idle bits that would hide a change.
    consistent: result.ok && sumOf(proof, outcomeOf(result)) === proof.sum && write(proof) === text.trim(),
    unpublishedFigures: unpublished(figures, published),
  });
}
