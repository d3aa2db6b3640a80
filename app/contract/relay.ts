/**
 * How a screen's port reaches the core process. The supervisor (in the shell or the loopback host) carries bytes
 * between the screen and the core child and never looks into them. `data` is what oRPC's message-port adapter sends
 * (string or bytes); the child's IPC uses the `advanced` serialization, which keeps typed arrays.
 */
export type ToCore =
  | { kind: 'connect'; port: number }
  | { kind: 'message'; port: number; data: unknown }
  | { kind: 'disconnect'; port: number }
  | { kind: 'ping'; at: number }
  | { kind: 'stop' };

export type FromCore =
  { kind: 'ready' } | { kind: 'message'; port: number; data: unknown } | { kind: 'pong'; at: number };

/** What the supervisor says about the core; while it is not `up` the screen shows its own calm page and keeps what was typed. */
export type CoreState = 'starting' | 'up' | 'restarting' | 'failed';

/**
 * The whole surface the preload gives the page (`window.kiosk`). The port itself arrives as a window message
 * `{ kind: 'core-port' }` with one transferred MessagePort, the state as `{ kind: 'core-state', state }`.
 */
export interface KioskBridge {
  /** Asks for a fresh port to the core; any earlier one is closed. */
  connect(): void;
}

export type BridgeMessage = { kind: 'core-port' } | { kind: 'core-state'; state: CoreState };
