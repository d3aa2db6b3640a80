import { app, powerSaveBlocker } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { openDock, spawnCore, superviseCore } from '../supervisor/index.ts';
import type { Dock } from '../supervisor/index.ts';
import { relayCore } from './core-relay.ts';
import { hasGraphicsChip } from './graphics-chip.ts';
import { findInstallation } from './installation.ts';
import { openKioskWindow } from './kiosk-window.ts';
import { lockPages } from './page-lock.ts';
import { keepPage } from './page-recovery.ts';
import { declarePageScheme, servePage } from './page-scheme.ts';
import { closedSession } from './page-session.ts';
import { refusedArguments, usageError } from './start-arguments.ts';

/** Set by the build. Only a development build may be debugged, or run as root, where Chromium has no sandbox. */
declare const BUILD_KIND: 'production' | 'development';

const report = (line: string): void => console.error(`kiosk: ${line}`);

/** Leaves with a status; systemd starts the kiosk anew. Without this an error of ours would open a native dialog. */
function fail(error: unknown): void {
  report(`shell failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  app.exit(70);
}
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

if (BUILD_KIND === 'production') {
  const refused = refusedArguments(process.argv);
  if (refused.length > 0) {
    report(`refused on the command line: ${refused.join(' ')}`);
    app.exit(usageError);
    process.exit(usageError);
  }
}

// app.enableSandbox() would take --no-sandbox back, and as root Chromium then cannot start at all.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (!hasGraphicsChip()) app.disableHardwareAcceleration();
for (const [name, value] of [
  ['disable-pinch'],
  ['overscroll-history-navigation', '0'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-breakpad'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['proxy-server', 'direct://'],
] as const) {
  if (value === undefined) app.commandLine.appendSwitch(name);
  else app.commandLine.appendSwitch(name, value);
}

const installation = findInstallation(__dirname, process.env['KIOSK_HOME']);
const shellHome = join(installation.home, 'shell');
mkdirSync(shellHome, { recursive: true });
app.setPath('userData', shellHome);

if (app.requestSingleInstanceLock()) {
  declarePageScheme();
  lockPages();
  app.on('window-all-closed', () => fail('the window is gone'));
  app.on('child-process-gone', (_event, { type, reason }) => report(`${type} process gone (${reason})`));
  void app.whenReady().then(run);
} else {
  report('already running');
  app.quit();
}

/** Handles on the simulated devices, where `npm start` runs some; a production build has no such code. */
function developmentDock(): Dock | undefined {
  const simulators = process.env['KIOSK_DOCK'];
  return BUILD_KIND === 'development' && simulators !== undefined
    ? openDock(simulators, join(installation.page, '../dock'))
    : undefined;
}

function run(): void {
  const supervisor = superviseCore({
    launch: () =>
      spawnCore({
        node: installation.node,
        entry: installation.core,
        environment: { ...process.env, KIOSK_HOME: installation.home, KIOSK_PACK: installation.pack },
      }),
    report,
  });
  powerSaveBlocker.start('prevent-display-sleep');
  const session = closedSession();
  servePage(session, installation.page, developmentDock());
  const window = openKioskWindow(session, join(__dirname, 'preload.cjs'));
  relayCore(window, supervisor, () =>
    report(`page linked to the core, ${Math.round(process.uptime() * 1000)} ms after the start`),
  );
  keepPage(window, report);
  app.on('second-instance', () => window.focus());
  // The core first, so that it closes its databases; then nothing is left that would need the loop.
  const leave = (): void => void supervisor.stop().then(() => app.exit(0));
  process.once('SIGTERM', leave);
  process.once('SIGHUP', leave);
  process.once('SIGINT', leave);
}
