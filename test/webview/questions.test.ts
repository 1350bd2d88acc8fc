import { expect, test } from 'vitest';
import { wholeByLine } from '../../src/profile/treeShape';
import type { FlameData, FlameParams } from '../../src/protocol/requests';
import type { FromView, ViewQuestion } from '../../src/protocol/webview';
import { BoxQuestions } from '../../webview/boxQuestions';
import { Host } from '../../webview/host';
import { Questions } from '../../webview/questions';
import { occurrencesOf, Reveal } from '../../webview/reveal';
import { initialState } from '../../webview/state';
import { Store } from '../../webview/store';
import { newestAnswer } from '../../webview/subjects';
import { everything } from '../../webview/viewFilters';
import { flameTreeFromText, nameOf, rowNamed } from './flameTreeFromText';
import { summaryFor } from './summaryFor';

const many = Array.from({ length: 200 }, (_, i) => `A@app/a.rb:1 > K${i}@app/k.rb:${i + 1} 1`).join('\n');
const text = `A@app/a.rb:1 > B@app/b.rb#5:7 799\n${many}\nA@app/a.rb:1 1`;

type Ask = Extract<FromView, { type: 'ask' }>;

/** A view without a page: state, questions and reveal, with a server that answers when told to. */
class Bench {
  readonly store = new Store(initialState(null));
  readonly asked: Ask[] = [];
  zooms = 0;
  readonly boxes: BoxQuestions;
  readonly reveal: Reveal;
  private readonly target = new EventTarget();

  constructor() {
    const api = {
      postMessage: (message: FromView) => {
        if (message.type === 'ask') this.asked.push(message);
      },
      getState: () => undefined,
      setState: () => undefined,
    };
    const host = new Host(api, () => undefined);
    this.boxes = new BoxQuestions(this.store, host, () => true);
    new Questions(this.store, host);
    this.reveal = new Reveal(this.store, this.boxes, () => this.zooms++);
    host.connect(this.target);
  }

  open(): void {
    this.store.send({ type: 'profile', summary: summaryFor({ samples: 1000 }), lens: 'mine', locale: 'en' });
  }

  /** Answers the oldest open question. */
  async answer(result: unknown): Promise<Ask> {
    const ask = this.asked.shift();
    if (!ask) throw new Error('Nothing was asked.');
    this.target.dispatchEvent(new MessageEvent('message', { data: { type: 'reply', id: ask.id, ok: true, result } }));
    await new Promise((resolve) => setImmediate(resolve));
    return ask;
  }

  /** Refuses the oldest open question. */
  async refuse(message: string): Promise<void> {
    const id = this.asked.shift()?.id;
    this.target.dispatchEvent(new MessageEvent('message', { data: { type: 'reply', id, ok: false, message } }));
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Answers a question for boxes as the server would. */
  async answerBoxes(): Promise<Ask> {
    const { shape, from, to, minSamples } = this.asked[0]!.params as FlameParams;
    const tree: FlameData = flameTreeFromText(text, {
      groupBy: shape.groupBy,
      direction: shape.direction,
      from,
      minSamples,
      ...(to === null ? {} : { to }),
    });
    return this.answer(tree);
  }

  /** Opens a profile up to its first picture, and answers what is asked for with it: hot lines and findings, for their numbers. */
  async draw(): Promise<void> {
    await this.answerBoxes();
    await this.answer({ rows: [], total: 0, hot: 0, elsewhere: 0 });
    await this.answer({ findings: [] });
  }

  questionsAsked(): ViewQuestion[] {
    return this.asked.map(({ question }) => question);
  }
}

test('a profile asks for its boxes, then how many lines are hot, and for tables only when they are looked at', async () => {
  const bench = new Bench();
  bench.open();
  expect(bench.asked.map(({ params }) => params)).toEqual([
    { refinement: [], shape: wholeByLine, compared: null, from: 0, to: null, minSamples: 0.5 },
  ]);
  await bench.answerBoxes();
  expect(bench.store.state.base).toMatchObject({ totalSamples: 1000, from: 0, to: 1000 });
  expect(bench.questionsAsked()).toEqual(['hotLines']);
  await bench.answer({ rows: [], total: 0, hot: 0, elsewhere: 0 });
  expect(bench.questionsAsked()).toEqual(['findings']);
  await bench.answer({ findings: [] });
  bench.store.send({ type: 'tab', tab: 'lines' });
  expect(bench.asked).toEqual([]);
  bench.store.send({ type: 'lens', lens: 'caller' });
  expect(bench.asked.map(({ params }) => params)).toEqual([{ refinement: [], lens: 'caller', limit: 20_000 }]);
});

test('another grouping asks for its boxes; the same method stays selected', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  bench.reveal.place('app/b.rb', 7);
  const before = bench.store.state.selected;
  await bench.answer({ callers: [], callees: [], self: 799, total: 799, exact: true });
  bench.store.send({ type: 'groupBy', groupBy: 'method' });
  await bench.answerBoxes();
  const after = bench.store.state.selected;
  expect(after).toMatchObject({ frame: before?.frame, line: 0, name: 'B' });
  expect(after?.box?.total).toBe(799);
});

const searchOf = (query: string): object => ({
  refinement: [],
  query,
  shape: { groupBy: 'line', direction: 'callees', around: null, order: 'weight' },
  compared: null,
});

test('a query is searched once typing has a pause in answers, an empty one not at all', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  for (const query of ['a', 'ab', 'abc']) bench.store.send({ type: 'query', query });
  expect(bench.asked.map(({ params }) => params)).toEqual([searchOf('a')]);
  await bench.answer({ frames: 9, samples: 9, error: null });
  expect(newestAnswer(bench.store.state, 'search')).toBeNull();
  expect(bench.asked.map(({ params }) => params)).toEqual([searchOf('abc')]);
  await bench.answer({ frames: 1, samples: 4, error: null });
  expect(newestAnswer(bench.store.state, 'search')?.samples).toBe(4);
  bench.store.send({ type: 'query', query: '' });
  expect(bench.asked).toEqual([]);
});

test('finer boxes are asked for one at a time', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  const cover = { ...wholeByLine, refinement: everything, compared: null, from: 0, to: 10, minSamples: 0.1 };
  bench.boxes.wantDetail(cover);
  bench.boxes.wantDetail({ ...cover, from: 5 });
  expect(bench.asked).toHaveLength(1);
  await bench.answerBoxes();
  expect(bench.store.state.detail).toMatchObject(cover);
});

test('revealing a line selects its heaviest box and zooms there', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  bench.store.send({ type: 'tab', tab: 'methods' });
  bench.reveal.place('app/b.rb', 7);
  expect(bench.store.state).toMatchObject({ tab: 'flame', selected: { name: 'B', line: 7 } });
  expect(bench.zooms).toBe(1);
});

test('the boxes of a line are walked widest first, round at the ends; the picture follows', async () => {
  const bench = new Bench();
  bench.open();
  const cover = { groupBy: 'line', minSamples: 0 } as const;
  const tree: FlameData = flameTreeFromText(
    'A@a.rb:1 > B@b.rb:7 10\nC@c.rb:1 > B@b.rb:7 30\nD@d.rb:1 > B@b.rb:8 50',
    cover,
  );
  await bench.answer(tree);
  bench.reveal.place('b.rb', 7);
  const at = () => {
    const { base, selected } = bench.store.state;
    const { at: index, rows } = occurrencesOf(base!, selected!);
    return `${index + 1} of ${rows.length}: ${selected?.box?.total}`;
  };
  expect(at()).toBe('1 of 2: 30');
  bench.reveal.step(1);
  expect(at()).toBe('2 of 2: 10');
  bench.reveal.step(1);
  expect(at()).toBe('1 of 2: 30');
  bench.reveal.step(-1);
  expect(at()).toBe('2 of 2: 10');
  expect(bench.zooms).toBe(4);
});

test('revealing before the boxes are here waits for them', async () => {
  const bench = new Bench();
  bench.reveal.place('app/b.rb', 7);
  bench.open();
  await bench.draw();
  expect(bench.store.state.selected?.name).toBe('B');
});

test('a box too narrow for the first picture is found by asking for finer ones', async () => {
  const bench = new Bench();
  bench.store.send({ type: 'profile', summary: summaryFor({ samples: 40_000 }), lens: 'mine', locale: 'en' });
  await bench.draw();
  expect(bench.store.state.base?.pruned).toBe(true);
  bench.reveal.place('app/k.rb', 150);
  expect(bench.asked.map(({ params }) => params)).toMatchObject([{ minSamples: 1 }]);
  await bench.answerBoxes();
  expect(bench.store.state.selected).toMatchObject({ name: 'K149', line: 150 });
  expect(bench.zooms).toBe(1);
});

test('a place that no sample has is said, and nothing moves', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  bench.reveal.place('app/b.rb', 8);
  expect(bench.store.state.notice).toContain('line 8 of app/b.rb');
  expect(bench.store.state.selected).toBeNull();
  expect(bench.zooms).toBe(0);
});

test('a caller becomes the selection, at its heaviest box in the flame graph, as a whole in the tables; its box is marked all the same', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  const { base } = bench.store.state;
  const row = rowNamed(base!, 'B');
  const frame = base!.frames.index[base!.frame[row]!]!;
  const call = { frame, name: 'B', file: 'app/b.rb', place: 'app/b.rb', line: 5, samples: 799, origin: 0 as const };
  bench.reveal.call(call);
  expect(nameOf(base!, rowNamed(base!, bench.store.state.selected?.name ?? ''))).toBe('B');
  expect(bench.store.state.selected?.box?.total).toBe(799);
  bench.store.send({ type: 'tab', tab: 'methods' });
  bench.reveal.call(call);
  expect(bench.store.state.selected).toMatchObject({ frame, line: 0, box: { total: 799 } });
});

test('a failed question becomes a sentence', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  bench.store.send({ type: 'tab', tab: 'methods' });
  await bench.refuse('The server stopped.');
  expect(bench.store.state.notice).toBe('Methods could not be loaded: The server stopped.');
  expect(bench.asked).toEqual([]);
  bench.store.send({ type: 'tab', tab: 'flame' });
  bench.store.send({ type: 'tab', tab: 'methods' });
  expect(bench.questionsAsked()).toEqual(['methods']);
});

test('findings are asked for again when a source changed, and stay on screen meanwhile', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  bench.store.send({ type: 'findingsChanged' });
  bench.store.send({ type: 'findingsChanged' });
  expect(bench.questionsAsked()).toEqual(['findings']);
  expect(newestAnswer(bench.store.state, 'findings')).toEqual({ findings: [] });
  await bench.answer({ findings: [] });
  expect(bench.questionsAsked()).toEqual(['findings']);
});

test('the cursor selects the heaviest box of its line, without leaving the tab or moving the picture', async () => {
  const bench = new Bench();
  bench.open();
  await bench.draw();
  bench.store.send({ type: 'tab', tab: 'findings' });
  expect(bench.reveal.follow('app/b.rb', 7)).toBe(true);
  expect(bench.store.state).toMatchObject({ tab: 'findings', range: null, selected: { name: 'B', line: 7 } });
  expect(bench.store.state.selected?.box?.total).toBe(799);
  expect(bench.reveal.follow('app/b.rb', 8)).toBe(false);
  expect(bench.store.state).toMatchObject({ selected: { name: 'B' }, notice: null });
  expect(bench.zooms).toBe(0);
});
