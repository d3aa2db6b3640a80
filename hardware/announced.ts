import { Listeners } from './link/index.ts';

/** How a device is, as one value: whoever listens is told each change, and nothing twice. */
export class Announced<Value> {
  readonly #listeners = new Listeners<Value>();
  #value: Value;

  constructor(initial: Value) {
    this.#value = initial;
  }

  get value(): Value {
    return this.#value;
  }

  /** Returns the unsubscribe function. */
  onChange(listener: (value: Value) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Takes on a value; true when it is another one than before. */
  become(value: Value): boolean {
    if (JSON.stringify(value) === JSON.stringify(this.#value)) return false;
    this.#value = value;
    this.#listeners.emit(value);
    return true;
  }

  close(): void {
    this.#listeners.clear();
  }
}
