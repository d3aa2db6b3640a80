const mark = Symbol('sensitive');

/**
 * A value that must not reach a log, a file or an error message. Every implicit way to text (template, JSON, inspect)
 * gives the mask; `reveal` is the one deliberate way out.
 */
export class Sensitive<Value> {
  readonly [mark] = true;
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}
