import { createORPCClient } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';

import type { Contract } from '../app/contract/index.ts';
import type { KioskState } from '../app/contract/kiosk.ts';
import type { BridgeMessage, CoreState, KioskBridge } from '../app/contract/relay.ts';

export type Core = ContractRouterClient<Contract>;

/** What the screen knows about the core right now. `core` is null while nothing can be asked. */
export interface Link {
  state: CoreState;
  core: Core | null;
  /** The last state the machine told; kept while the core is away, so that the layout stays. */
  kiosk: KioskState | null;
  /** Aborted once this link is gone: a call that was under way then will not be answered. */
  lost: AbortSignal;
}

export interface Connection {
  subscribe: (listener: () => void) => () => void;
  current: () => Link;
}

declare global {
  interface Window {
    kiosk?: KioskBridge;
  }
}

const RETRY_MS = 400;

/** Opens the way to the core that this page has (the shell's port, else the host's WebSocket) and keeps it open. */
export function connect(page: Window): Connection {
  const listeners = new Set<() => void>();
  let lifetime = new AbortController();
  let link: Link = { state: 'starting', core: null, kiosk: null, lost: lifetime.signal };

  const change = (next: Partial<Link>) => {
    link = { ...link, ...next };
    listeners.forEach((listener) => listener());
  };

  const closed = (state: CoreState) => {
    lifetime.abort();
    change({ state, core: null });
  };

  const opened = (core: Core) => {
    lifetime.abort();
    lifetime = new AbortController();
    change({ state: 'up', core, lost: lifetime.signal });
    void watch(core, lifetime.signal);
  };

  const watch = async (core: Core, lost: AbortSignal) => {
    while (!lost.aborted) {
      try {
        for await (const kiosk of await core.kiosk.watch(undefined, { signal: lost })) change({ kiosk });
      } catch {
        // A broken stream is the link's matter: either it is lost, or it is worth asking again.
      }
      await pause(RETRY_MS);
    }
  };

  if (page.kiosk) throughBridge(page, page.kiosk, opened, closed, () => link);
  else throughWebSocket(page, opened, closed);

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current: () => link,
  };
}

function throughBridge(
  page: Window,
  bridge: KioskBridge,
  opened: (core: Core) => void,
  closed: (state: CoreState) => void,
  current: () => Link,
) {
  page.addEventListener('message', (event: MessageEvent<BridgeMessage | undefined>) => {
    if (event.source !== page || !event.data) return;
    const message = event.data;
    if (message.kind === 'core-port') {
      const port = event.ports[0];
      if (!port) return;
      const core: Core = createORPCClient(new MessagePortLink({ port }));
      port.start();
      opened(core);
    } else {
      if (message.state !== 'up') closed(message.state);
      else if (!current().core) bridge.connect();
    }
  });
  bridge.connect();
}

function throughWebSocket(page: Window, opened: (core: Core) => void, closed: (state: CoreState) => void) {
  const address = new URL('/rpc', page.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const open = () => {
    const websocket = new WebSocket(address);
    websocket.addEventListener('open', () => opened(createORPCClient(new WebSocketLink({ websocket }))));
    websocket.addEventListener('close', () => {
      // Once the link has ended its calls by itself: to abort them before would send into a closed socket.
      setTimeout(() => closed('restarting'));
      setTimeout(open, RETRY_MS);
    });
  };
  open();
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
