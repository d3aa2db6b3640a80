import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { SyntheticCardName } from '../../hardware/id-card-reader/synthetic-card.ts';
import type { Slip } from '../../hardware/receipt-printer/slip.ts';
import type { DeviceName } from './station.ts';

interface Answer {
  id: number;
  ok: boolean;
  value?: unknown;
  error?: string;
}

/** Name of the control socket in the simulator's folder. */
export const controlSocketName = 'control.sock';

/** Plays the hands at the simulated devices of a running `npm run sim`, for tests. Rejects with the simulator's own words. */
export class SimulatorControl {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #sent = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    createInterface({ input: socket }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    socket.on('error', () => this.#giveUp());
    socket.on('close', () => this.#giveUp());
  }

  /** Connects to the simulator that runs in `dir`. */
  static connect(dir: string): Promise<SimulatorControl> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(join(dir, controlSocketName));
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new SimulatorControl(socket));
      });
    });
  }

  async placeCard(card: SyntheticCardName | 'other', address?: string): Promise<void> {
    await this.send('place-card', address === undefined ? card : `${card} ${address}`);
  }

  async removeCard(): Promise<void> {
    await this.send('remove-card');
  }

  /** The card is pulled at this block: 1 while selecting, 2 and up while reading. */
  async pullAt(block: number): Promise<void> {
    await this.send('pull-at', String(block));
  }

  async paperOut(): Promise<void> {
    await this.send('paper-out');
  }

  /** The roll ends after so many more bytes of a slip. */
  async paperOutAt(bytes: number): Promise<void> {
    await this.send('paper-out-at', String(bytes));
  }

  async paperOk(): Promise<void> {
    await this.send('paper-ok');
  }

  async cover(position: 'open' | 'closed'): Promise<void> {
    await this.send('cover', position);
  }

  async silence(device: DeviceName): Promise<void> {
    await this.send('silence', device);
  }

  async speak(device: DeviceName): Promise<void> {
    await this.send('speak', device);
  }

  async unplug(device: DeviceName): Promise<void> {
    await this.send('unplug', device);
  }

  async replug(device: DeviceName): Promise<void> {
    await this.send('replug', device);
  }

  /** What is printed, and empties the tray. */
  async takeSlips(): Promise<Slip[]> {
    return (await this.send('take-slips')) as Slip[];
  }

  /** Any command of the simulator, as typed at its prompt. */
  async send(command: string, argument = ''): Promise<unknown> {
    this.#sent += 1;
    const id = this.#sent;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.write(`${JSON.stringify({ id, command, argument })}\n`);
    const answer = await answered;
    if (!answer.ok) throw new Error(`simulator: ${answer.error ?? 'no reason given'}`);
    return answer.value;
  }

  close(): void {
    this.#socket.destroy();
  }

  #giveUp(): void {
    for (const [id, answer] of this.#waiting) answer({ id, ok: false, error: 'it has ended' });
    this.#waiting.clear();
  }
}
