/**
 * At most one question on the way: while it is, only the newest wish is remembered, and asked when the answer is here.
 * Keeps the server free of questions nobody waits for any more, without timers.
 */
export class Latest<Wish, Answer> {
  private pending: Wish | null = null;
  private running = false;
  private generation = 0;

  constructor(
    private readonly ask: (wish: Wish) => Promise<Answer>,
    private readonly onAnswer: (answer: Answer, wish: Wish) => void,
    private readonly onError: (error: Error, wish: Wish) => void,
  ) {}

  get busy(): boolean {
    return this.running;
  }

  want(wish: Wish): void {
    this.pending = wish;
    if (!this.running) void this.run();
  }

  /** Forgets what is waiting; an answer that is on the way is dropped when it comes. */
  drop(): void {
    this.pending = null;
    this.generation++;
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.pending !== null) {
      const wish = this.pending;
      const generation = this.generation;
      this.pending = null;
      try {
        const answer = await this.ask(wish);
        if (generation === this.generation) this.onAnswer(answer, wish);
      } catch (error) {
        if (generation === this.generation)
          this.onError(error instanceof Error ? error : new Error(String(error)), wish);
      }
    }
    this.running = false;
  }
}
