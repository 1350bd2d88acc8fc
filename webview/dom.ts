/** Elements without HTML: text goes in as text, so no name in a profile can become markup. */

export interface ElementOptions {
  readonly className?: string;
  readonly text?: string;
  readonly title?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: Array<Node | string>
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (options.className) made.className = options.className;
  if (options.text !== undefined) made.textContent = options.text;
  if (options.title !== undefined) made.title = options.title;
  for (const [name, value] of Object.entries(options.attributes ?? {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Text in its own direction that may break after `::`, `#`, `.`, `_` and `/`, where names and paths are read apart. */
export function breakable(text: string): HTMLElement {
  const parts = text.split(/(?<=::|[#._/])/);
  return element('bdi', {}, ...parts.flatMap((part, i) => (i === 0 ? [part] : [element('wbr'), part])));
}

/** Writes only what changed: assigning equal text still costs layout. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

export function setTitle(target: HTMLElement, title: string): void {
  if (target.title !== title) target.title = title;
}

export function show(target: HTMLElement, visible: boolean): void {
  if (target.hidden === visible) target.hidden = !visible;
}

/** Icons as paths on a 16 x 16 grid: no font and no file to load. */
const icons = {
  warning: 'M8 1.8 15 14H1L8 1.8Zm0 1.9L2.7 13h10.6L8 3.7ZM7.4 6.5h1.2v3.6H7.4V6.5Zm0 4.4h1.2v1.2H7.4v-1.2Z',
  search:
    'M6.8 2a4.8 4.8 0 0 1 3.8 7.7l3.4 3.5-.8.8-3.5-3.4A4.8 4.8 0 1 1 6.8 2Zm0 1.1a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4Z',
  chevron: 'm4.2 6 .8-.8 3 3 3-3 .8.8L8 9.8 4.2 6Z',
  error:
    'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1.1a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6Zm-2 2.6 2 2 2-2 .8.8-2 2 2 2-.8.8-2-2-2 2-.8-.8 2-2-2-2 .8-.8Z',
} as const;

export function icon(name: keyof typeof icons): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', icons[name]);
  svg.append(path);
  return svg;
}
