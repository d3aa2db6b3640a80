// `npm test`: from a fresh clone, everything that can be tested here. Plain JavaScript, for whatever Node there is.
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { fetchTestRuntime, installedElectron } from './electron-runtime.mjs';
import { Failure } from './start/failure.mjs';
import { checkMachine, ensureInstalled, node24 } from './start/install.mjs';
import { runProgram, stopPrograms } from './start/programs.mjs';
import { ensureDebianPackages, hasWindows } from './test/debian.mjs';
import { playwrightReport, sum, vitestReport } from './test/reports.mjs';

const help = `Installs what is missing and runs every test.

  npm test                         everything
  npm test -- --only lint|unit|e2e one part of it

What each step said is in build/test-logs/. Ends with 1 when anything failed.
`;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const logs = join(root, 'build', 'test-logs');
const parts = ['lint', 'unit', 'e2e'];

const failedSteps = [];

const indented = (lines) => lines.map((line) => `     ${line}`).join('\n');

/** Runs one step, prints one line about it and keeps what it said; shows the end of that when it failed. */
async function step(name, command, args, env = {}) {
  const path = `${dirname(node24(root))}${delimiter}${process.env.PATH}`;
  const log = join(logs, `${name.replaceAll(' ', '-')}.log`);
  const { status, output, seconds } = await runProgram(name, command, args, {
    cwd: root,
    onOutput: (part) => appendFileSync(log, part),
    // The programs that tests start need not read the same TypeScript again each time.
    env: {
      ...process.env,
      PATH: path,
      FORCE_COLOR: '0',
      NODE_COMPILE_CACHE: join(root, 'build', 'compiled'),
      ...env,
    },
  });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} ${seconds.toFixed(1)} s`);
  const promised = output.match(/^.*\bms, promised \d+ ms$/gm);
  if (promised) console.log(indented(promised));
  if (status !== 0) {
    failedSteps.push(name);
    console.log(indented(output.trimEnd().split('\n').slice(-80)));
  }
  return status === 0;
}

const npmProgram = (name, ...args) => [node24(root), [join(root, 'node_modules', ...name), ...args]];

/** eslint takes as long as all the others together. */
async function lint() {
  await Promise.all([step('eslint', ...npmProgram(['eslint', 'bin', 'eslint.js'], '.')), lintTheRest()]);
}

async function lintTheRest() {
  await step(
    'prettier',
    ...npmProgram(['prettier', 'bin', 'prettier.cjs'], '--check', '.', '--log-level', 'warn'),
  );
  await step('types', ...npmProgram(['typescript', 'bin', 'tsc'], '-p', '.'));
  const rules = ['--config', '.dependency-cruiser.cjs', 'app', 'renderer', 'hardware', 'models', 'hub'];
  await step('imports', ...npmProgram(['dependency-cruiser', 'bin', 'dependency-cruise.mjs'], ...rules));
  await step('unused code', ...npmProgram(['knip', 'bin', 'knip.js']));
  await step('content', node24(root), ['tools/content.ts', 'lint']);
}

async function unit() {
  const report = join(logs, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const passed = await step(
    'unit, contract and flow tests',
    ...npmProgram(['vitest', 'vitest.mjs'], ...args),
  );
  return counted(vitestReport(report), passed);
}

async function endToEnd() {
  if (!hasWindows()) {
    console.log('SKIP tests in a window: see above what to install');
    return [{ passed: 0, failed: 0, skipped: 1, failures: [] }];
  }
  let runtime = installedElectron();
  if (!runtime) {
    try {
      runtime = fetchTestRuntime();
      console.log('ok   test Electron 25 is there');
    } catch (error) {
      console.log(`SKIP every test in Electron: ${error.message}`);
    }
  }
  // Side by side, each on a screen of its own: such tests wait more than they work.
  const windows = ['first', 'second'].map((screen) =>
    playwright(`tests in a window, ${screen} screen`, `--project=${screen} screen`),
  );
  return [
    ...(await Promise.all(windows)),
    await playwright('tests of every screen', '--project=pages', '--workers=3'),
  ];
}

async function playwright(name, ...options) {
  const report = join(logs, `${name.replaceAll(' ', '-')}.json`);
  const screen = ['-a', '-s', '-screen 0 1080x1920x24'];
  const output = join(root, 'test-results', name.replaceAll(' ', '-'));
  const [node, args] = npmProgram(
    ['@playwright', 'test', 'cli.js'],
    'test',
    '--reporter=line,json',
    `--output=${output}`,
    ...options,
  );
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const passed = await step(name, 'xvfb-run', [...screen, node, ...args], env);
  return counted(playwrightReport(report), passed);
}

/** A runner that fails without counting a failure (it crashed, or wrote no report) still counts as one. */
function counted(report, passed) {
  const known = report ?? { passed: 0, failed: 0, skipped: 0, failures: [] };
  return passed || known.failed > 0 ? known : { ...known, failed: 1 };
}

async function run(only) {
  const wants = (part) => only === undefined || only === part;
  checkMachine();
  await ensureInstalled(root);
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  // Packages are fetched and unpacked while lint, which needs none of them, has the cores.
  await Promise.all([ensureDebianPackages(), wants('lint') ? lint() : undefined]);
  const reports = [];
  if (wants('unit') || wants('e2e')) {
    const built = await step('build', node24(root), ['tools/build.ts']);
    if (wants('unit')) reports.push(await unit());
    if (wants('e2e') && built) reports.push(...(await endToEnd()));
  }
  const { passed, failed, skipped, failures } = sum(reports);
  for (const { name, said } of failures) console.log(`FAIL ${name}\n${indented(said)}`);
  if (failedSteps.length > 0)
    console.log(`Failed: ${failedSteps.join(', ')}. Full output in build/test-logs/.`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failedSteps.length === 0 && failed === 0 ? 0 : 1;
}

async function leave(status) {
  await stopPrograms();
  process.exit(status);
}
process.on('SIGINT', () => leave(130));
process.on('SIGTERM', () => leave(143));
process.on('SIGHUP', () => leave(129));

try {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.only !== undefined && !parts.includes(values.only)) {
    console.error(`--only takes ${parts.join(', ')}. See --help.`);
    process.exitCode = 2;
  } else if (values.help) {
    console.log(help);
  } else {
    process.exitCode = await run(values.only);
  }
} catch (error) {
  const expected = error instanceof Failure || error?.code?.startsWith('ERR_PARSE_ARGS');
  console.error(expected ? error.message : error);
  await leave(1);
}
