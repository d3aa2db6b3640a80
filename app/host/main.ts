import { join } from 'node:path';

import { openDock, spawnCore, superviseCore } from '../supervisor/index.ts';
import { startHost } from './host.ts';

const root = join(import.meta.dirname, '..', '..');
const home = process.env['KIOSK_HOME'] ?? join(root, '.kiosk');
/** Folder of running simulators, for a dock on the page; `npm start` sets it. */
const simulators = process.env['KIOSK_DOCK'];
const report = (line: string): void => console.error(`host: ${line}`);

const supervisor = superviseCore({
  launch: () =>
    spawnCore({
      node: process.execPath,
      entry: join(root, 'build', 'core', 'main.mjs'),
      environment: {
        ...process.env,
        KIOSK_HOME: home,
        KIOSK_PACK: process.env['KIOSK_PACK'] ?? join(root, 'build', 'packs', 'starter'),
      },
    }),
  report,
});

try {
  const host = await startHost({
    page: join(root, 'build', 'renderer'),
    supervisor,
    port: Number(process.env['KIOSK_PORT'] ?? 0),
    dock: simulators === undefined ? undefined : openDock(simulators, join(root, 'build', 'dock')),
    onLink: (link) => process.stdout.write(`link ${link}\n`),
  });
  const leave = (): void => void Promise.all([host.close(), supervisor.stop()]).then(() => process.exit(0));
  process.once('SIGTERM', leave);
  process.once('SIGHUP', leave);
  process.once('SIGINT', leave);
} catch (error) {
  report(error instanceof Error ? error.message : String(error));
  await supervisor.stop();
  process.exit(1);
}
