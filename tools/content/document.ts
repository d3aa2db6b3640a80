import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';

import type { Problem } from './problem.ts';

/** A checked YAML file that still knows on which line each value stands. */
export interface SourceDocument<Value> {
  /** Path from the content folder, with forward slashes. */
  file: string;
  value: Value;
  lineOf: (path: readonly PropertyKey[]) => number;
}

/** Reads and checks one YAML file; every deviation from the schema becomes a problem with its line, and the value is null. */
export function readSource<Schema extends z.ZodType>(
  root: string,
  file: string,
  schema: Schema,
  problems: Problem[],
): SourceDocument<z.infer<Schema>> | null {
  const lines = new LineCounter();
  let document: Document;
  try {
    document = parseDocument(readFileSync(join(root, file), 'utf8'), { lineCounter: lines });
  } catch {
    problems.push({ severity: 'error', file, line: 1, message: 'file cannot be read' });
    return null;
  }
  for (const error of document.errors) {
    problems.push({
      severity: 'error',
      file,
      line: lines.linePos(error.pos[0]).line,
      message: error.message.split('\n')[0] ?? error.code,
    });
  }
  if (document.errors.length > 0) return null;

  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { file, value: parsed.data, lineOf };
  for (const { path, message } of parsed.error.issues) {
    problems.push({ severity: 'error', file, line: lineOf(path), message: `${path.join('.')}: ${message}` });
  }
  return null;
}
