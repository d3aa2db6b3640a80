import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Bench, BenchRow } from './bench/row.ts';

const HELP = `Benchmarks, as ratios against named peers in the same process.

  npm run bench              all of tools/bench/*.bench.ts
  npm run bench -- NAME      one of them

A ratio above 1 means better than the peer.
Exit codes: 0 ran, 1 a benchmark failed, 2 no benchmark of that name.
`;

const FOLDER = join(import.meta.dirname, 'bench');

async function benches(): Promise<Bench[]> {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.bench.ts'))
    .sort();
  return Promise.all(
    files.map(async (file) => ((await import(join(FOLDER, file))) as { bench: Bench }).bench),
  );
}

const figure = (value: number | undefined) =>
  value === undefined ? '' : Number(value.toPrecision(3)).toString();

function table(rows: readonly BenchRow[]): string {
  const cells = [
    ['what', 'ours', 'unit', 'peer', 'peer value', 'ratio'],
    ...rows.map((row) => [
      row.what,
      figure(row.ours),
      row.unit,
      row.peer ?? '',
      figure(row.peerValue),
      figure(row.ratio),
    ]),
  ];
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const all = await benches();
  const [wanted] = positionals;
  const chosen = all.filter(({ name }) => wanted === undefined || name === wanted);
  if (chosen.length === 0) {
    console.error(`bench: no benchmark ${wanted ?? ''}; there are ${all.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  let failed = 0;
  for (const bench of chosen) {
    console.log(`\n${bench.name}`);
    try {
      console.log(table(await bench.run()));
    } catch (error) {
      failed += 1;
      console.error(`bench: ${bench.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)} (see --help)`);
  process.exitCode = 2;
}
