import { createInterface } from 'node:readline';

/** A conversation with the technician on the terminal, or with whatever stands for one on stdin. */
export interface Technician {
  say(line: string): void;
  /** What was typed; empty when nobody is there any more. */
  ask(question: string): Promise<string>;
  leave(): void;
}

/** Talks on stdin and `say`. */
export function technicianAtTerminal(say: (line: string) => void): Technician {
  const terminal = createInterface({ input: process.stdin, terminal: false });
  const lines = terminal[Symbol.asyncIterator]();
  return {
    say,
    ask: async (question) => {
      say(question);
      const next = await lines.next();
      return next.done === true ? '' : next.value.trim();
    },
    leave: () => terminal.close(),
  };
}
