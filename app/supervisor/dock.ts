import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';

/** What is served for one address of the dock. */
export interface DockAnswer {
  status: number;
  contentType: string;
  body: string;
}

/** The simulators' handles on the page of a development build; a production build has none of this. */
export interface Dock {
  /** The page with the dock in it. */
  into(html: string): string;
  /** Answers `/dock/...` addresses, query included; undefined for all others. */
  answer(address: string): Promise<DockAnswer> | undefined;
}

const parts: Readonly<Record<string, string>> = {
  'dock.js': 'text/javascript; charset=utf-8',
  'dock.css': 'text/css; charset=utf-8',
};
const marks =
  '<link rel="stylesheet" href="dock/dock.css"><script type="module" src="dock/dock.js"></script>';
const socketName = 'control.sock';

/** A dock that drives the simulators running in `simulators`; its page parts were built into `built`. */
export function openDock(simulators: string, built: string): Dock {
  return {
    into: (html) => html.replace('</head>', `${marks}</head>`),
    answer: (address) => {
      const { pathname, searchParams } = new URL(address, 'http://dock');
      const [, folder, name = ''] = pathname.split('/');
      if (folder !== 'dock') return undefined;
      if (name === 'do')
        return drive(join(simulators, socketName), {
          command: searchParams.get('command') ?? '',
          argument: searchParams.get('argument') ?? '',
        });
      const contentType = parts[name];
      return contentType === undefined
        ? Promise.resolve(plain(404, 'not a part of the dock'))
        : readFile(join(built, name), 'utf8').then(
            (body) => ({ status: 200, contentType, body }),
            () => plain(404, 'the dock is not built'),
          );
    },
  };
}

function plain(status: number, body: string): DockAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

/** One command to the simulators, as `npm run sim -- --help` lists them; their answer as it comes. */
function drive(socket: string, request: { command: string; argument: string }): Promise<DockAnswer> {
  return new Promise((resolve) => {
    let said = '';
    const line = createConnection(socket, () => line.write(`${JSON.stringify(request)}\n`));
    line.setEncoding('utf8');
    line.on('error', () => resolve(plain(503, 'no simulators run')));
    line.on('data', (part: string) => {
      said += part;
      if (said.endsWith('\n')) line.end();
    });
    line.on('close', () => resolve({ status: 200, contentType: 'application/json', body: said.trim() }));
  });
}
