/** Every key of the view, on a sheet over it: `?` opens it, Escape or a click beside it closes it. */
import { button } from './controls';
import { element } from './dom';
import { keyGroups } from './keys';

let dialog: HTMLDialogElement | null = null;

export function openKeySheet(): void {
  dialog ??= makeSheet();
  document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
}

function makeSheet(): HTMLDialogElement {
  const sheet = element('dialog', { className: 'key-sheet', attributes: { 'aria-labelledby': 'key-sheet-title' } });
  const close = button('Close', () => sheet.close());
  const title = element('h2', { text: 'Keys', attributes: { id: 'key-sheet-title' } });
  const groups = keyGroups.map(({ title: heading, keys }) => {
    const list = element('dl', { className: 'hands' });
    for (const [key, effect] of keys) {
      const kbd = element('kbd', { text: key });
      list.append(element('dt', {}, kbd), element('dd', { text: effect }));
    }
    return element('section', {}, element('h3', { text: heading }), list);
  });
  const body = element('div', { className: 'key-sheet-groups', attributes: { tabindex: '0' } }, ...groups);
  body.setAttribute('role', 'group');
  body.setAttribute('aria-labelledby', 'key-sheet-title');
  sheet.append(element('div', { className: 'key-sheet-head' }, title, close), body);
  // The sheet fills the dialog: what is clicked outside of it is the backdrop.
  sheet.addEventListener('click', (event) => {
    if (event.target === sheet) sheet.close();
  });
  // Keys of the view behind wait.
  sheet.addEventListener('keydown', (event) => event.stopPropagation());
  sheet.addEventListener('close', () => sheet.remove());
  return sheet;
}
