import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A user that exists on every Debian and owns nothing; a packed kiosk keeps its sandbox and does not run as root. */
const nobody = 65_534;

/** How long a packed kiosk may take until its core is up and its window stands, in ms. */
const startLimit = 20_000;

/**
 * Starts a packed kiosk as an ordinary user and says what it found; throws with the reason when it does not come up,
 * or when it lets itself be debugged. Needs a display.
 */
export async function checkPackedKiosk(packed: string): Promise<void> {
  if (!process.env['DISPLAY']) throw new Error('there is no display; run it under xvfb-run');
  const place = mkdtempSync(join(tmpdir(), 'kiosk-packed-'));
  try {
    const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    // The repository may lie where nobody else may look.
    const folder = join(place, 'kiosk');
    cpSync(packed, folder, { recursive: true, verbatimSymlinks: true });
    const home = join(place, 'home');
    mkdirSync(home);
    chmodSync(place, 0o755);
    chmodSync(home, 0o777);
    const authority = join(place, 'authority');
    if (process.env['XAUTHORITY']) copyFileSync(process.env['XAUTHORITY'], authority);
    if (process.env['XAUTHORITY']) chmodSync(authority, 0o644);
    const program = join(folder, 'yunling-kiosk');
    const environment = {
      PATH: process.env['PATH'],
      DISPLAY: process.env['DISPLAY'],
      XAUTHORITY: authority,
      HOME: home,
      KIOSK_HOME: home,
    };

    for (const refused of ['--remote-debugging-port=0', '--no-sandbox', '--inspect']) {
      const { status } = spawnSync(program, [refused], { ...user, env: environment, timeout: 10_000 });
      if (status !== 64)
        throw new Error(`with ${refused} it should leave with 64, it left with ${status ?? 'nothing'}`);
    }
    const kiosk = spawn(program, [], { ...user, env: environment, stdio: ['ignore', 'inherit', 'pipe'] });
    let said = '';
    kiosk.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
    try {
      const until = performance.now() + startLimit;
      while (!(said.includes('core up') && isOnScreen())) {
        if (performance.now() > until || kiosk.exitCode !== null)
          throw new Error(`it did not come up:\n${said}`);
        await pause(100);
      }
      console.log(
        `packed kiosk: window open, ${/core up after \d+ ms/.exec(said)?.[0] ?? ''}, debugging refused`,
      );
    } finally {
      kiosk.kill('SIGTERM');
      await pause(1_000);
      kiosk.kill('SIGKILL');
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function isOnScreen(): boolean {
  try {
    return (
      execFileSync('xdotool', ['search', '--onlyvisible', '--name', '云岭法务通'], {
        encoding: 'utf8',
      }).trim() !== ''
    );
  } catch {
    return false; // xdotool leaves with 1 when it finds none
  }
}
