/**
 * The standard controls, and the only module that knows where they come from (`@vscode/webview-ui-toolkit`, archived
 * upstream). Everything else in the view uses these functions, so another library is a change of this file.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** Defines the elements; once, before any is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

export function button(
  label: string,
  onClick: () => void,
  appearance: 'primary' | 'secondary' = 'secondary',
): HTMLElement {
  const made = document.createElement('vscode-button');
  made.setAttribute('appearance', appearance);
  made.textContent = label;
  made.addEventListener('click', onClick);
  return made;
}

export interface Choice<T extends string> {
  readonly element: HTMLElement;
  set(value: T): void;
}

/** A dropdown over a closed set; `options` are values with their labels, in order. */
export function dropdown<T extends string>(
  label: string,
  options: ReadonlyArray<readonly [value: T, label: string]>,
  onChange: (value: T) => void,
): Choice<T> {
  const made = document.createElement('vscode-dropdown') as HTMLElement & { value: string };
  made.setAttribute('aria-label', label);
  for (const [value, text] of options) {
    const option = document.createElement('vscode-option') as HTMLElement & { value: string };
    option.setAttribute('value', value);
    option.textContent = text;
    made.append(option);
  }
  made.addEventListener('change', () => {
    const chosen = options.find(([value]) => value === made.value);
    if (chosen) onChange(chosen[0]);
  });
  return {
    element: made,
    set: (value) => {
      if (made.value !== value) made.value = value;
    },
  };
}

export interface Toggle {
  readonly element: HTMLElement;
  set(checked: boolean): void;
}

export function checkbox(label: string, onChange: (checked: boolean) => void): Toggle {
  const made = document.createElement('vscode-checkbox') as HTMLElement & { checked: boolean };
  made.textContent = label;
  let known = false;
  made.addEventListener('change', () => {
    // The control also reports what was set from here.
    if (made.checked === known) return;
    known = made.checked;
    onChange(known);
  });
  return {
    element: made,
    set: (checked) => {
      known = checked;
      if (made.checked !== checked) made.checked = checked;
    },
  };
}

export interface TextField {
  readonly element: HTMLElement;
  set(value: string): void;
  focus(): void;
}

/** A text field; `start` (an icon) sits in front of the text. */
export function textField(
  label: string,
  placeholder: string,
  start: Node,
  onInput: (value: string) => void,
): TextField {
  const made = document.createElement('vscode-text-field') as HTMLElement & { value: string };
  made.setAttribute('aria-label', label);
  made.setAttribute('placeholder', placeholder);
  const slot = document.createElement('span');
  slot.slot = 'start';
  slot.append(start);
  made.append(slot);
  made.addEventListener('input', () => onInput(made.value));
  return {
    element: made,
    set: (value) => {
      if (made.value !== value) made.value = value;
    },
    focus: () => made.focus(),
  };
}

export interface Tabs<T extends string> {
  readonly element: HTMLElement;
  select(tab: T): void;
  /** Text of a tab; the number behind it is dimmed. */
  label(tab: T, text: string, count: string): void;
}

/** Tabs with their panels. */
export function tabs<T extends string>(
  label: string,
  panels: ReadonlyArray<readonly [tab: T, content: HTMLElement]>,
  onSelect: (tab: T) => void,
): Tabs<T> {
  const made = document.createElement('vscode-panels') as HTMLElement & { activeid: string; activeindicator: boolean };
  made.setAttribute('aria-label', label);
  made.activeindicator = false;
  const headings = new Map<T, HTMLElement>();
  const labels = new Map<T, string>();
  for (const [tab] of panels) {
    const heading = document.createElement('vscode-panel-tab');
    heading.id = `tab-${tab}`;
    headings.set(tab, heading);
    made.append(heading);
  }
  for (const [tab, content] of panels) {
    const view = document.createElement('vscode-panel-view');
    view.id = `panel-${tab}`;
    view.append(content);
    made.append(view);
  }
  made.addEventListener('change', (event) => {
    // Controls inside the panels report their own changes through here.
    if (event.target !== made) return;
    const chosen = panels.find(([tab]) => made.activeid === `tab-${tab}`);
    if (chosen) onSelect(chosen[0]);
  });
  return {
    element: made,
    select: (tab) => {
      if (made.activeid === `tab-${tab}`) return;
      made.activeid = `tab-${tab}`;
      // Beside a source not all tabs fit.
      headings.get(tab)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
    label: (tab, text, count) => {
      const heading = headings.get(tab);
      const whole = count === '' ? text : `${text}, ${count}`;
      if (!heading || labels.get(tab) === whole) return;
      labels.set(tab, whole);
      const number = document.createElement('small');
      number.textContent = count;
      heading.replaceChildren(...(count === '' ? [text] : [`${text} `, number]));
    },
  };
}

export function progressRing(label: string): HTMLElement {
  const made = document.createElement('vscode-progress-ring');
  made.setAttribute('aria-label', label);
  return made;
}
