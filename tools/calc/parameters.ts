import { dirname } from 'node:path';
import type { ParameterTable } from '../../app/domain/compensation/index.ts';
import { readParameters } from '../content/parameters.ts';
import { formatProblem } from '../content/problem.ts';

/**
 * The checked table of a folder `…/parameters` of YAML files, as the content builder would write it. Throws with file and
 * line where an author made a mistake.
 */
export function readParameterTable(folder: string): ParameterTable {
  const { table, problems } = readParameters(dirname(folder));
  if (table === null) throw new Error(problems.map(formatProblem).join('\n'));
  return table;
}
