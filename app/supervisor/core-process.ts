import { spawn } from 'node:child_process';

import type { FromCore, ToCore } from '../contract/relay.ts';

/** One running core, as the supervisor sees it. `onExit` fires once, whatever ended the process. */
export interface CoreProcess {
  send(message: ToCore): void;
  /** SIGKILL: a stopped or spinning process does not hear anything softer. */
  kill(): void;
  onMessage(listener: (message: FromCore) => void): void;
  onExit(listener: (how: string) => void): void;
}

export interface CoreProgram {
  /** The Node 24 binary; the shell's own Node may be older. */
  node: string;
  /** The core's entry file. */
  entry: string;
  /** The whole environment of the core, `KIOSK_HOME` and `KIOSK_PACK` among it. */
  environment: NodeJS.ProcessEnv;
}

/** Starts the core as a child process that speaks relay.ts over IPC; what it prints goes where ours goes. */
export function spawnCore(program: CoreProgram): CoreProcess {
  const child = spawn(program.node, [program.entry], {
    env: program.environment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const exitListeners: ((how: string) => void)[] = [];
  let ended = false;
  const end = (how: string): void => {
    if (ended) return;
    ended = true;
    for (const listener of exitListeners) listener(how);
  };
  child.once('exit', (code, signal) => end(signal ?? `exit ${String(code)}`));
  child.once('error', (error) => {
    // Also raised when a signal cannot be sent; only a child that never started has no pid.
    if (child.pid === undefined) end(`cannot start: ${error.message}`);
  });
  return {
    send(message) {
      // A send that loses the race with the child's death is not an error: `exit` follows.
      if (child.connected) child.send(message, () => undefined);
    },
    kill: () => void child.kill('SIGKILL'),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromCore)),
    onExit: (listener) => void exitListeners.push(listener),
  };
}
