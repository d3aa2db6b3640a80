import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isRecord } from '../../app/domain/compensation/record.ts';
import { parseParameterTable, type ParameterTable } from '../../app/domain/compensation/index.ts';

/**
 * Reads `content/parameters/*.yaml` into one checked table, what the content builder writes as parameters.json. The table is
 * as old as its oldest file. Throws with the file's or figure's name if an author made a mistake.
 */
export function readParameterTable(folder: string): ParameterTable {
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const document: unknown = parse(readFileSync(join(folder, name), 'utf8'));
      if (!isRecord(document) || document['schema'] !== 1 || typeof document['as_of'] !== 'string')
        throw new Error(`content/parameters/${name}: needs schema: 1 and as_of: YYYY-MM-DD`);
      return document;
    });
  const gather = (part: string): readonly unknown[] =>
    documents.flatMap((document) =>
      Array.isArray(document[part]) ? (document[part] as readonly unknown[]) : [],
    );
  const table = parseParameterTable({
    schema: 1,
    as_of: documents.map((document) => String(document['as_of'])).sort()[0],
    figures: gather('figures'),
    work_injury_rules: gather('work_injury_rules'),
  });
  if (!table.ok) throw new Error(`content/parameters: ${table.failure.key}: ${table.failure.message}`);
  return table.value;
}
