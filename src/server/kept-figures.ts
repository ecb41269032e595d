/** How long a reader waits for figures before it makes do with the last ones. */
const PATIENCE_MS = 3_000;

/**
 * Figures that are costly to read: kept for a time, and read once however many ask for them at once. Whoever asks is
 * answered in bounded time, with the last figures where new ones cannot be had.
 */
export class KeptFigures<Value> {
  readonly #read: () => Promise<Value>;
  readonly #forMs: number;
  #value: Value | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  failures = 0;

  constructor(read: () => Promise<Value>, forMs: number) {
    this.#read = read;
    this.#forMs = forMs;
  }

  /** How old the figures are; Infinity before the first. */
  get ageSeconds(): number {
    return (performance.now() - this.#readAt) / 1000;
  }

  /** The figures; undefined when there never were any. */
  async get(): Promise<Value | undefined> {
    // A reading that has failed is tried again no sooner than one that has not.
    if (performance.now() - this.#triedAt >= this.#forMs) this.#reading ??= this.#renew();
    if (this.#reading !== undefined) {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      await Promise.race([this.#reading, patience]);
      clearTimeout(timer);
    }
    return this.#value;
  }

  async #renew(): Promise<void> {
    try {
      this.#value = await this.#read();
      this.#readAt = performance.now();
    } catch {
      this.failures += 1;
    } finally {
      this.#triedAt = performance.now();
      this.#reading = undefined;
    }
  }
}
