import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { pageHeaders } from '../supervisor/index.ts';
import type { Dock, Supervisor } from '../supervisor/index.ts';
import { createOneTimeLinks } from './one-time-link.ts';

export interface HostOptions {
  /** Folder of the built page. */
  page: string;
  supervisor: Supervisor;
  /** 0 takes any free port. */
  port: number;
  /** Handles on simulated devices, shown on the page. */
  dock?: Dock | undefined;
  /** Told each new one-time link: the first, and the next one when a link has been used. */
  onLink: (link: string) => void;
}

export interface Host {
  close(): Promise<void>;
}

/** How long a page's socket waits for the core to come up. */
const upWithinMs = 15_000;

/** WebSocket status 1013: come again later. */
const tryAgainLater = 1013;

/**
 * Serves the page and its way to the core on 127.0.0.1, for development, demonstrations and browser tests; never in a
 * packed kiosk. Every request must name this host exactly, come from this page, and carry the cookie that only a
 * one-time link gives. Rejects with EADDRINUSE when the port is taken.
 */
export async function startHost({ page, supervisor, port, dock, onLink }: HostOptions): Promise<Host> {
  const links = createOneTimeLinks();
  const server = fastify({ forceCloseConnections: true, bodyLimit: 1024 });
  let authority = '';
  let cookieName = '';
  const announce = (): void => onLink(`http://${authority}/open/${links.issue()}`);

  function refusal(request: FastifyRequest): { status: number; words: string } | undefined {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    if (host !== authority) return { status: 421, words: 'not this host' };
    if (origin !== undefined && origin !== `http://${authority}`)
      return { status: 403, words: 'not from this page' };
    const opening = request.method === 'GET' && request.url.startsWith('/open/');
    if (opening) return undefined;
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return { status: 403, words: 'not from this page' };
    if (!links.knows(cookieOf(request, cookieName)))
      return { status: 401, words: 'open the printed link first' };
    if (request.headers.upgrade !== undefined && origin === undefined)
      return { status: 403, words: 'not from this page' };
    return undefined;
  }

  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(pageHeaders);
    const refused = refusal(request);
    // An upgrade's connection is no longer the HTTP server's to close.
    if (refused && request.headers.upgrade !== undefined)
      reply.raw.once('finish', () => request.raw.socket.destroySoon());
    if (refused) await reply.code(refused.status).type('text/plain; charset=utf-8').send(refused.words);
  });
  await server.register(fastifyWebsocket, { options: { maxPayload: 1024 * 1024 } });
  if (dock) {
    const index = await readFile(join(page, 'index.html'), 'utf8');
    server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(dock.into(index)));
    server.get('/dock/*', async (request, reply) => {
      const answer = await dock.answer(request.url);
      return reply
        .code(answer?.status ?? 404)
        .type(answer?.contentType ?? 'text/plain')
        .send(answer?.body ?? '');
    });
  }
  await server.register(fastifyStatic, {
    root: page,
    index: dock ? false : 'index.html',
    cacheControl: false,
    dotfiles: 'deny',
  });

  server.get<{ Params: { token: string } }>(
    '/open/:token',
    { exposeHeadRoute: false },
    (request, reply): FastifyReply => {
      const cookie = links.redeem(request.params.token);
      if (cookie === undefined)
        return reply.code(401).type('text/plain; charset=utf-8').send('this link was used or is not mine');
      announce();
      return reply
        .header('set-cookie', `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/`)
        .redirect('/', 303);
    },
  );

  // A page takes a socket that opens for a core that answers, so it opens when there is one.
  const preValidation = async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!(await becomesUp(supervisor)))
      await reply.code(503).type('text/plain; charset=utf-8').send('the core is not up');
  };
  server.get('/rpc', { websocket: true, preValidation }, (socket) => {
    const core = supervisor.connect({
      receive: (data) => socket.send(data as string | Uint8Array),
      closed: () => socket.close(tryAgainLater),
    });
    if (!core) {
      socket.close(tryAgainLater);
      return;
    }
    socket.on('message', (data: Buffer, isBinary: boolean) =>
      core.post(isBinary ? new Uint8Array(data) : data.toString()),
    );
    socket.on('close', () => core.close());
    // A frame that is too long or malformed: ws closes the socket after this.
    socket.on('error', () => core.close());
  });

  await server.listen({ host: '127.0.0.1', port });
  const { port: bound } = server.server.address() as AddressInfo;
  authority = `127.0.0.1:${bound}`;
  cookieName = `kiosk_${bound}`;
  announce();
  return { close: () => server.close() };
}

/** Whether the core is up, at once or within the time that a page may wait for it. */
async function becomesUp(supervisor: Supervisor): Promise<boolean> {
  if (supervisor.state() === 'up') return true;
  return new Promise((resolve) => {
    const settle = (isUp: boolean): void => {
      leave();
      clearTimeout(late);
      resolve(isUp);
    };
    const leave = supervisor.onState((state) => {
      if (state === 'up') settle(true);
    });
    const late = setTimeout(() => settle(false), upWithinMs);
  });
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}
