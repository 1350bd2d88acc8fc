import type { Locator } from 'playwright-core';

/** What somebody does in the view, by CSS selectors inside of it. */
export type Act =
  | { readonly kind: 'click'; readonly on: string }
  | { readonly kind: 'key'; readonly on: string; readonly key: string }
  /** Sets the text of a field; with `key`, its input is not timed but the key that follows. */
  | { readonly kind: 'type'; readonly on: string; readonly text: string; readonly key?: string };

/** The page is done when the element has text that does not end in an ellipsis (or, with `text`, when it has this text). */
export interface Done {
  readonly on: string;
  readonly text?: string;
}

/** Longest time without a change before an answer counts as the last one. */
const quietMs = 1500;

/** Milliseconds from an act to the frame that shows the last of what it changed. `body` is the page's. */
export function timeChange(body: Locator, act: Act, done: Done): Promise<number> {
  return body.evaluate(timed, { act, done, quietMs });
}

/** Runs in the page. */
async function timed(
  body: HTMLElement | SVGElement,
  { act, done, quietMs }: { readonly act: Act; readonly done: Done; readonly quietMs: number },
): Promise<number> {
  const target = body.querySelector(act.on);
  if (!(target instanceof HTMLElement)) throw new Error(`nothing is ${act.on}`);
  const press = (key: string): void => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
  };
  const type = (text: string): void => {
    Object.assign(target, { value: text });
    target.dispatchEvent(new Event('input', { bubbles: true }));
  };
  if (act.kind === 'type' && act.key !== undefined) type(act.text);
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const startedAt = performance.now();
  let changedAt = startedAt;
  let paintedAt = startedAt;
  const observer = new MutationObserver(() => {
    changedAt = performance.now();
    requestAnimationFrame(() =>
      requestAnimationFrame((now) => {
        paintedAt = now;
      }),
    );
  });
  observer.observe(body, { subtree: true, childList: true, characterData: true, attributes: true });
  if (act.kind === 'click') target.click();
  else if (act.kind === 'key') press(act.key);
  else if (act.key === undefined) type(act.text);
  else press(act.key);
  const isDone = (): boolean => {
    const text = body.querySelector(done.on)?.textContent?.trim() ?? '';
    return done.text === undefined ? text !== '' && !text.endsWith('…') : text === done.text;
  };
  while (!isDone() || performance.now() - changedAt < quietMs) {
    if (performance.now() - startedAt > 120_000) throw new Error(`${act.on}: not done after two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  observer.disconnect();
  return paintedAt - startedAt;
}
