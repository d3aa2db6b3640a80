import { readdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Bench, BenchRow } from './bench/row.ts';

const HELP = `Benchmarks, as ratios against named peers in the same process.

  npm run bench              all of tools/bench/*.bench.ts
  npm run bench -- NAME      one of them
  npm run bench -- --write   writes what was measured to docs/bench.md as well; with NAME only its part

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

const own = ({ ours, interval }: BenchRow) =>
  interval === undefined ? figure(ours) : `${figure(ours)} (${interval.map(figure).join(' to ')})`;

const HEAD = ['what', 'ours', 'unit', 'peer', 'peer value', 'ratio'];
const cellsOf = (row: BenchRow) => [
  row.what,
  own(row),
  row.unit,
  row.peer ?? '',
  figure(row.peerValue),
  figure(row.ratio),
];

const REPORT = join(import.meta.dirname, '..', 'docs', 'bench.md');
const REPORT_HEAD = `# Benchmarks

Written by \`npm run bench -- --write\`; do not edit. In brackets the 95 % interval. A ratio above 1 means better than the
peer, which was run in the same process on the same questions. Times are those of the machine that ran it.
`;

/** Puts a benchmark's table into docs/bench.md, in place of what stood there under its name. */
function report(name: string, rows: readonly BenchRow[]): void {
  const before = existsSync(REPORT) ? readFileSync(REPORT, 'utf8').split('\n## ').slice(1) : [];
  const kept = before.filter((part) => !part.startsWith(`${name}\n`)).map((part) => part.trim());
  const lines = [HEAD, HEAD.map(() => '---'), ...rows.map(cellsOf)].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  const parts = [...kept, `${name}\n\n${lines.join('\n')}`].sort();
  writeFileSync(REPORT, `${REPORT_HEAD}\n${parts.map((part) => `## ${part}`).join('\n\n')}\n`);
}

function table(rows: readonly BenchRow[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)];
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
    options: { help: { type: 'boolean', short: 'h' }, write: { type: 'boolean' } },
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
      const rows = await bench.run();
      console.log(table(rows));
      if (values.write === true && rows.length > 0) report(bench.name, rows);
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
