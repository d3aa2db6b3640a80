const firstReopenAt = 3;
/** A printer or counter that is looked at every three seconds gets a new connection once a minute. */
const longestGap = 20;
const manyRounds = 20;

/**
 * Counts the looks at a device that it did not answer. The port may be hung rather than the device, so that a new
 * connection is the only cure from here: after three looks, then ever more rarely, but never given up.
 */
export class SilentRounds {
  #rounds = 0;
  #gap = firstReopenAt;
  #reopenAt = firstReopenAt;

  answered(): void {
    this.#rounds = 0;
    this.#gap = firstReopenAt;
    this.#reopenAt = firstReopenAt;
  }

  /** True when it is time for a new connection. */
  missed(): boolean {
    this.#rounds += 1;
    if (this.#rounds < this.#reopenAt) return false;
    this.#gap = Math.min(this.#gap * 2, longestGap);
    this.#reopenAt = this.#rounds + this.#gap;
    return true;
  }

  /** Nobody has answered for so long that another device may be at this port, which our questions would disturb. */
  get many(): boolean {
    return this.#rounds >= manyRounds;
  }
}
