import { parseArgs } from 'node:util';

import { createHub } from './server.ts';
import { openSqliteStorage } from './storage/index.ts';
import type { HubStorage } from './storage/index.ts';

const HELP = `Receives what kiosks report and counts it.

  npm run hub -- [--port 8460] [--host 127.0.0.1] [--data .kiosk/hub]

  --port   port to listen on (default 8460)
  --host   address of this machine only: 127.0.0.1 (default), ::1 or localhost
  --data   folder for hub.db, made if missing (default .kiosk/hub)

  POST /v1/streams/:stream/batches    a batch of journal rows
  GET  /v1/kiosks/:id/summary         what has arrived from one kiosk

  Kiosks are not authenticated yet: whoever reaches the port can write and read. So other hosts are refused; let kiosks in
  through a proxy that knows them (client certificates) or a private network.
`;

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Prints one line that says what to do, and ends with 1. */
function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}

function readOptions(): { port: number; host: string; data: string; help: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8460' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: '.kiosk/hub' },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      refuse(`--port ${values.port} is no port number. See --help.`);
    if (!LOOPBACK.includes(values.host))
      refuse(
        `--host ${values.host} is refused: kiosks are not authenticated yet; put it behind a proxy on this machine that knows them. See --help.`,
      );
    return { ...values, port };
  } catch (error) {
    refuse(`${error instanceof Error ? error.message : String(error)}. See --help.`);
  }
}

function openStorage(folder: string): HubStorage {
  try {
    return openSqliteStorage(folder, () => Date.now());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    refuse(
      `${folder}/hub.db cannot be used (${why}). Choose another folder with --data, or put a good copy there.`,
    );
  }
}

const { port, host, data, help } = readOptions();
if (help) {
  console.log(HELP);
} else {
  if (process.env['DATABASE_URL'] !== undefined)
    refuse(
      'DATABASE_URL is set, but this hub keeps its data in SQLite only. Unset it, or wait for the next version.',
    );
  const hub = createHub(openStorage(data));
  try {
    console.log(`hub listens on ${await hub.listen({ port, host })}, data in ${data}`);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    refuse(
      taken
        ? `Port ${port} is taken. Choose another with --port.`
        : `The hub cannot listen on ${host}:${port}.`,
    );
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void hub.close());
}
