/**
 * Hands on the flame graph: pointer, wheel and keyboard become intents. A click selects and shows the source; a second
 * click soon after means something else, so opening waits for it: an editor that opens beside would move the box away
 * from under the second click.
 */

import type { Opening } from '../src/protocol/webview';

export interface FlameIntents {
  hover(at: { readonly x: number; readonly y: number } | null): void;
  /** Select what is under the point (CSS pixels from the picture's corner). */
  click(x: number, y: number): void;
  /** The menu of what is under the point; null: of what is selected. */
  menu(at: { readonly x: number; readonly y: number } | null): void;
  /** The click stays single, or Space: show the source. `o`: go there. */
  open(opening: Opening): void;
  /** A double click, or Enter. */
  enter(): void;
  drag(dx: number, dy: number): void;
  dragging(active: boolean): void;
  zoomBy(factor: number, x: number | null): void;
  panBy(cssPx: number): void;
  step(direction: 'next' | 'previous'): void;
  /** To the box above or below on the screen. */
  vertical(key: 'up' | 'down'): void;
  /** To another box of the same line or method. */
  stepLike(by: 1 | -1): void;
  reset(): void;
  escape(): void;
}

/** A press that moves further than this is a drag. */
const dragFromPx = 4;
/** A second click within this time and distance is a double click. */
const doubleClickMs = 280;
const doubleClickPx = 24;
const zoomStep = 1.5;
const panStepPx = 120;
/** Wheel deltas in lines or pages, as some mice report them, in pixels. */
const pxPerLine = 20;

export function listenToHands(surface: HTMLElement, intents: FlameIntents): void {
  listenToPointer(surface, intents);
  surface.addEventListener('wheel', (event) => onWheel(surface, event, intents), { passive: false });
  surface.addEventListener('keydown', (event) => onKey(event, intents));
  surface.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    // By the menu key there is no pointer.
    const byKey = event.button !== 2 && !event.ctrlKey;
    intents.menu(byKey ? null : pointOn(surface, event));
  });
}

function listenToPointer(surface: HTMLElement, intents: FlameIntents): void {
  let pressed: { readonly x: number; readonly y: number } | null = null;
  let last = { x: 0, y: 0 };
  let dragging = false;
  let waiting: { readonly timer: number; readonly x: number; readonly y: number } | null = null;

  surface.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || onScrollbar(surface, event)) return;
    pressed = { x: event.clientX, y: event.clientY };
    last = pressed;
    dragging = false;
  });
  surface.addEventListener('pointermove', (event) => {
    if (!pressed) {
      intents.hover(onScrollbar(surface, event) ? null : pointOn(surface, event));
      return;
    }
    if (!dragging && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < dragFromPx) return;
    if (!dragging) {
      dragging = true;
      surface.setPointerCapture(event.pointerId);
      intents.dragging(true);
      intents.hover(null);
    }
    intents.drag(event.clientX - last.x, event.clientY - last.y);
    last = { x: event.clientX, y: event.clientY };
  });
  const release = (): void => {
    pressed = null;
    if (dragging) intents.dragging(false);
    dragging = false;
  };
  surface.addEventListener('pointerup', (event) => {
    const clicked = pressed !== null && !dragging;
    release();
    if (!clicked) return;
    const { clientX: x, clientY: y } = event;
    const second = waiting !== null && Math.hypot(x - waiting.x, y - waiting.y) < doubleClickPx;
    if (waiting) clearTimeout(waiting.timer);
    waiting = null;
    if (second) {
      intents.enter();
      return;
    }
    const point = pointOn(surface, event);
    intents.click(point.x, point.y);
    const timer = window.setTimeout(() => {
      waiting = null;
      intents.open('preview');
    }, doubleClickMs);
    waiting = { timer, x, y };
  });
  surface.addEventListener('pointercancel', release);
  surface.addEventListener('pointerleave', () => intents.hover(null));
}

function onWheel(surface: HTMLElement, event: WheelEvent, intents: FlameIntents): void {
  const unit = event.deltaMode === 1 ? pxPerLine : event.deltaMode === 2 ? surface.clientHeight : 1;
  const dx = event.deltaX * unit;
  const dy = event.deltaY * unit;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    // A pinch arrives as small deltas, a notch of a wheel as 100 or so: both feel even on an exponential scale.
    intents.zoomBy(
      Math.exp(-Math.max(-120, Math.min(120, dy)) / (Math.abs(dy) < 20 ? 60 : 300)),
      pointOn(surface, event).x,
    );
    return;
  }
  if (event.shiftKey) {
    event.preventDefault();
    intents.panBy(dx || dy);
    return;
  }
  if (Math.abs(dx) > Math.abs(dy)) {
    event.preventDefault();
    intents.panBy(dx);
  }
}

function onKey(event: KeyboardEvent, intents: FlameIntents): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keyActions(event, intents);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function keyActions(event: KeyboardEvent, intents: FlameIntents): (() => void) | null {
  switch (event.key) {
    case 'ArrowUp':
      return () => intents.vertical('up');
    case 'ArrowDown':
      return () => intents.vertical('down');
    case 'ArrowLeft':
      return () => (event.shiftKey ? intents.panBy(-panStepPx) : intents.step('previous'));
    case 'ArrowRight':
      return () => (event.shiftKey ? intents.panBy(panStepPx) : intents.step('next'));
    case 'Enter':
      return () => intents.enter();
    case 'o':
      return () => intents.open('go');
    case ' ':
      return () => intents.open('preview');
    case '+':
    case '=':
      return () => intents.zoomBy(zoomStep, null);
    case '-':
    case '_':
      return () => intents.zoomBy(1 / zoomStep, null);
    case 'n':
      return () => intents.stepLike(1);
    case 'p':
      return () => intents.stepLike(-1);
    case '0':
      return () => intents.reset();
    case 'Escape':
      return () => intents.escape();
    default:
      return null;
  }
}

function pointOn(surface: HTMLElement, event: MouseEvent): { x: number; y: number } {
  const box = surface.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** The scroll bar belongs to the browser. */
function onScrollbar(surface: HTMLElement, event: MouseEvent): boolean {
  return event.clientX - surface.getBoundingClientRect().left >= surface.clientWidth;
}
