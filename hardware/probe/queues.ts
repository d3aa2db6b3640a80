import { printingSystemOf, queuesIn } from '../document-printer/index.ts';

/** A queue of the printing system, as device.json would name it. */
export interface FoundQueue {
  kind: 'document_printer';
  queue: string;
  state: 'ready' | 'stopped' | 'absent';
}

const answerMs = 5000;

/** The queues that are named, or else all of this machine; none where there is no CUPS. */
export async function findQueues(named: readonly string[]): Promise<FoundQueue[]> {
  if (named.length > 0) return Promise.all(named.map(queueOf));
  const { run } = printingSystemOf('');
  const { said } = await run('lpstat', ['-p'], { limitMs: answerMs });
  return queuesIn(said).map(({ name, stopped }) => found(name, stopped));
}

async function queueOf(named: string): Promise<FoundQueue> {
  const { run, queue } = printingSystemOf(named);
  const { said } = await run('lpstat', ['-p', queue], { limitMs: answerMs });
  const listed = queuesIn(said).find(({ name }) => name === queue);
  return listed ? found(named, listed.stopped) : { kind: 'document_printer', queue: named, state: 'absent' };
}

function found(queue: string, stopped: boolean): FoundQueue {
  return { kind: 'document_printer', queue, state: stopped ? 'stopped' : 'ready' };
}
