/** A menu at a point of the page, as editors have it: arrows move, Enter takes, Escape and a click elsewhere close. */
import { element } from './dom';
import { visibleText } from './visibleText';

export interface MenuItem {
  readonly label: string;
  /** The key that does the same, for the right edge; empty for none. */
  readonly key: string;
  act(): void;
}

/** Space kept to the edges of the page, CSS pixels. */
const marginPx = 4;

let close: (() => void) | null = null;

/** Opens the menu; groups are set apart by lines. The focus returns to where it was. */
export function openMenu(x: number, y: number, groups: ReadonlyArray<readonly MenuItem[]>): void {
  close?.();
  const before = document.activeElement;
  const menu = element('div', { className: 'menu', attributes: { role: 'menu' } });
  const buttons: HTMLElement[] = [];
  for (const items of groups.filter((group) => group.length > 0)) {
    if (buttons.length > 0) menu.append(element('div', { className: 'menu-line', attributes: { role: 'separator' } }));
    for (const item of items) {
      const made = menuButton(item, () => close?.());
      buttons.push(made);
      menu.append(made);
    }
  }
  const stop = new AbortController();
  close = () => {
    close = null;
    stop.abort();
    menu.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  menu.addEventListener('keydown', (event) => onKey(event, buttons));
  const elsewhere = (event: Event): void => {
    if (!(event.target instanceof Node && menu.contains(event.target))) close?.();
  };
  document.addEventListener('pointerdown', elsewhere, { capture: true, signal: stop.signal });
  window.addEventListener('blur', () => close?.(), { signal: stop.signal });
  // Inside of the page's main part, which is what it belongs to for screen readers.
  (document.querySelector('main') ?? document.body).append(menu);
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(marginPx, Math.min(x, window.innerWidth - width - marginPx))}px`;
  menu.style.top = `${Math.max(marginPx, Math.min(y, window.innerHeight - height - marginPx))}px`;
  buttons[0]?.focus({ preventScroll: true });
}

function menuButton({ label, key, act }: MenuItem, onTaken: () => void): HTMLElement {
  const text = visibleText(label, 60);
  const made = element('button', {
    className: 'menu-item',
    title: visibleText(label, 400),
    attributes: { role: 'menuitem' },
  });
  made.tabIndex = -1;
  made.append(element('bdi', { text }), element('kbd', { text: key }));
  made.addEventListener('click', () => {
    onTaken();
    act();
  });
  return made;
}

function onKey(event: KeyboardEvent, buttons: readonly HTMLElement[]): void {
  const at = document.activeElement instanceof HTMLElement ? buttons.indexOf(document.activeElement) : -1;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) buttons[(at + step + buttons.length) % buttons.length]?.focus();
  else if (event.key === 'Home') buttons[0]?.focus();
  else if (event.key === 'End') buttons[buttons.length - 1]?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close?.();
  else if (event.key !== 'Enter' && event.key !== ' ') return;
  event.stopPropagation();
  if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
}
