import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { differenceFrom, workedCase } from '../../app/core/content/index.ts';
import type { WorkedCase } from '../../app/core/content/index.ts';
import type { ParameterTable } from '../../app/domain/compensation/parameters.ts';
import { readSource } from './document.ts';
import type { SourceDocument } from './document.ts';
import type { Problem } from './problem.ts';

/** One file of content/cases; `calculator` is that of every case that names none. */
const caseFile = z.strictObject({
  calculator: z.string().min(1).optional(),
  cases: z.array(workedCase.partial({ calculator: true })).min(1),
});

type CaseFile = SourceDocument<z.infer<typeof caseFile>>;

const casesOf = ({ value: { calculator = '', cases } }: CaseFile): readonly WorkedCase[] =>
  cases.map((each) => ({ ...each, calculator: each.calculator ?? calculator }));

const differences = (document: CaseFile, table: ParameterTable): readonly Problem[] =>
  casesOf(document).flatMap((each, index) => {
    const part = differenceFrom(each, table);
    const line = document.lineOf(['cases', index]);
    const message = `${each.title}: the figures lead elsewhere (${part ?? ''})`;
    return part === null ? [] : [{ severity: 'error', file: document.file, line, message }];
  });

/** Reads content/cases/*.yaml and works every case with the figures; `table` is null where those have errors of their own. */
export function readCases(
  root: string,
  table: ParameterTable | null,
): { cases: readonly WorkedCase[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const folder = join(root, 'cases');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.yaml')) : [];
  if (files.length === 0)
    problems.push({ severity: 'error', file: 'cases', line: 1, message: 'there is no worked case' });
  const documents = files
    .sort()
    .map((file) => readSource(root, `cases/${file}`, caseFile, problems))
    .filter((document) => document !== null);
  const unmet = table === null ? [] : documents.flatMap((document) => differences(document, table));
  return { cases: documents.flatMap(casesOf), problems: [...problems, ...unmet] };
}
