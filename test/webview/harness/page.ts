/** The harness page: stands in for the extension. Loaded before the view's own script; the test drives it by `window.harness`. */
import type { FromView, ToView } from '../../../src/protocol/webview';
import type { Wanted } from './answers';
import { type ThemeName, themes } from './themes';

export interface Harness {
  /** Everything the view said, in order. */
  readonly said: FromView[];
  /** Breaches of the content security policy. */
  readonly breaches: string[];
  kept: unknown;
  open(wanted: Wanted): Promise<void>;
  send(message: ToView): void;
  count(type: FromView['type']): number;
  setTheme(name: ThemeName): void;
}

declare global {
  interface Window {
    harness: Harness;
  }
}

// `?webgl`: a software renderer passes for a graphics card, so that the WebGL painter can be looked at without one.
if (location.search === '?webgl') {
  const original = WebGL2RenderingContext.prototype.getParameter;
  const unmaskedRenderer = 0x9246;
  WebGL2RenderingContext.prototype.getParameter = function (name: GLenum): unknown {
    return name === unmaskedRenderer ? 'a graphics card' : original.call(this, name);
  };
}

const worker = new Worker('/answers.js');
let nextId = -1;
const opening = new Map<number, { resolve: (summary: unknown) => void; reject: (error: Error) => void }>();
const send = (message: ToView): void => window.postMessage(message, '*');

const harness: Harness = {
  said: [],
  breaches: [],
  kept: undefined,
  async open(wanted) {
    const id = nextId--;
    worker.postMessage({ id, open: wanted });
    const summary = await new Promise((resolve, reject) => opening.set(id, { resolve, reject }));
    send({ type: 'profile', summary, lens: 'mine', locale: 'en' } as ToView);
  },
  send,
  setTheme(name) {
    const { bodyClass, variables } = themes[name];
    document.documentElement.style.cssText = '';
    for (const [variable, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(`--vscode-${variable}`, value);
    }
    document.body.className = bodyClass;
  },
  count: (type) => harness.said.filter((message) => message.type === type).length,
};
window.harness = harness;
const themeInAddress = location.hash.slice(1);
for (const name of Object.keys(themes) as ThemeName[]) if (name === themeInAddress) harness.setTheme(name);

worker.addEventListener('message', ({ data }) => {
  const asked = opening.get(data.id);
  opening.delete(data.id);
  if (!asked) send({ type: 'reply', ...data });
  else if (data.ok) asked.resolve(data.result);
  else asked.reject(new Error(data.message));
});

document.addEventListener('securitypolicyviolation', (event) => {
  harness.breaches.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage(message: FromView) {
      harness.said.push(message);
      if (message.type === 'ask') worker.postMessage(message);
      if (message.type === 'setLens') send({ type: 'lens', lens: message.lens });
    },
    getState: () => harness.kept ?? JSON.parse(sessionStorage.getItem('kept') ?? 'null'),
    setState: (state: unknown) => {
      harness.kept = state;
      sessionStorage.setItem('kept', JSON.stringify(state));
    },
  }),
});
