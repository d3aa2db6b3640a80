import { RPCHandler } from '@orpc/server/message-port';

import type { FromCore, ToCore } from '../contract/relay.ts';
import type { CoreRouter } from './router.ts';

type Listener = (event?: { data: unknown }) => void;

/** One screen's port as oRPC wants it: messages in and out, and an end. */
class RelayedPort {
  readonly #post: (data: unknown) => void;
  readonly #listeners: Record<'message' | 'close', Set<Listener>> = { message: new Set(), close: new Set() };

  constructor(post: (data: unknown) => void) {
    this.#post = post;
  }

  postMessage(data: unknown): void {
    this.#post(data);
  }

  on(event: string, listener: Listener): void {
    if (event === 'message' || event === 'close') this.#listeners[event].add(listener);
  }

  receive(data: unknown): void {
    for (const listener of this.#listeners.message) listener({ data });
  }

  close(): void {
    for (const listener of this.#listeners.close) listener();
  }
}

/** Serves the router to the screens behind a supervisor. Returns what takes the supervisor's messages. */
export function serveRelay(
  router: CoreRouter,
  { send, stop }: { send: (message: FromCore) => void; stop: () => void },
): (message: ToCore) => void {
  const handler = new RPCHandler(router);
  const ports = new Map<number, RelayedPort>();
  const disconnect = (port: number): void => {
    ports.get(port)?.close();
    ports.delete(port);
  };
  return (message) => {
    switch (message.kind) {
      case 'connect': {
        disconnect(message.port);
        const port = new RelayedPort((data) => send({ kind: 'message', port: message.port, data }));
        ports.set(message.port, port);
        handler.upgrade(port);
        return;
      }
      case 'message':
        ports.get(message.port)?.receive(message.data);
        return;
      case 'disconnect':
        disconnect(message.port);
        return;
      case 'ping':
        send({ kind: 'pong', at: message.at });
        return;
      case 'stop':
        stop();
        return;
    }
  };
}
