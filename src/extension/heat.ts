import {
  type DecorationOptions,
  type Disposable,
  EventEmitter,
  OverviewRulerLane,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  Uri,
  window,
  workspace,
} from 'vscode';
import { colors } from '../protocol/ids';
import { FileHeat, type HeatLine } from '../protocol/requests';
import type { ProfileStore } from './profileStore';
import { isRubyDocument } from './rubyDocuments';
import type { ServerConnection } from './serverConnection';
import { readSetting } from './settings';

/** Pause after an edit or a notification before heat is asked for again: typing and bursts of events ask once. */
const settleMs = 200;

/**
 * The heat of visible editors: a bar and an overview-ruler mark by level, one dim phrase at the end of the line. Works
 * on events only; nothing runs while nothing changes.
 */
export class Heat implements Disposable {
  private readonly levels = colors.heat.map((color, level) => heatType(color, level));
  private readonly stale = staleType();
  private readonly timers = new Map<TextEditor, NodeJS.Timeout>();
  private readonly painted = new WeakSet<TextEditor>();
  private readonly subscriptions: Disposable[];
  private readonly toggled = new EventEmitter<void>();
  readonly onDidToggle = this.toggled.event;

  constructor(
    private readonly store: ProfileStore,
    private readonly server: ServerConnection,
    private isShown: boolean,
  ) {
    this.subscriptions = [
      window.onDidChangeVisibleTextEditors(() => this.refresh()),
      workspace.onDidChangeTextDocument((event) => {
        for (const editor of window.visibleTextEditors) if (editor.document === event.document) this.ask(editor);
      }),
      store.onDidChange((change) => {
        if (change.kind === 'applied') this.refresh();
      }),
      server.onHeatChanged(({ uris }) => this.refresh(uris)),
      this.toggled,
    ];
  }

  get shown(): boolean {
    return this.isShown;
  }

  show(shown: boolean): void {
    this.isShown = shown;
    this.refresh();
    this.toggled.fire();
  }

  /** Asks for the heat of these documents again; of all visible ones when null. */
  refresh(uris: readonly string[] | null = null): void {
    // The server writes URIs as Node does, VS Code encodes more characters.
    const wanted = uris === null ? null : new Set(uris.map((uri) => Uri.parse(uri).toString()));
    for (const editor of window.visibleTextEditors) {
      if (wanted === null || wanted.has(editor.document.uri.toString())) this.ask(editor);
    }
    for (const editor of this.timers.keys()) {
      if (!window.visibleTextEditors.includes(editor)) this.forget(editor);
    }
  }

  dispose(): void {
    for (const editor of this.timers.keys()) this.forget(editor);
    for (const subscription of this.subscriptions) subscription.dispose();
    for (const type of [...this.levels, this.stale]) type.dispose();
  }

  private ask(editor: TextEditor): void {
    this.forget(editor);
    if (!isRubyDocument(editor.document)) return;
    if (!this.isShown || this.store.activeSummary() === null) {
      this.clear(editor);
      return;
    }
    const delayMs = this.painted.has(editor) ? settleMs : 0;
    this.timers.set(
      editor,
      setTimeout(() => void this.paint(editor), delayMs),
    );
  }

  private forget(editor: TextEditor): void {
    clearTimeout(this.timers.get(editor));
    this.timers.delete(editor);
  }

  private async paint(editor: TextEditor): Promise<void> {
    this.timers.delete(editor);
    const { document } = editor;
    const { version } = document;
    const active = this.store.active;
    const heat = await this.server.request(FileHeat, { uri: document.uri.toString() }).catch(() => null);
    // A newer question is on its way, or the answer is about a text or a profile that is gone.
    if (heat === null || this.timers.has(editor) || document.version !== version || this.store.active !== active)
      return;
    if (!this.isShown) return;
    this.painted.add(editor);
    const withText = readSetting('endOfLineText');
    const decorate = (type: TextEditorDecorationType, level: number): void => {
      const lines = heat.lines.filter((line) => line.level === level && line.line < document.lineCount);
      editor.setDecorations(
        type,
        lines.map((line) => decoration(editor, line, withText)),
      );
    };
    for (const [level, type] of this.levels.entries()) decorate(type, level);
    decorate(this.stale, -1);
  }

  private clear(editor: TextEditor): void {
    if (!this.painted.delete(editor)) return;
    for (const type of [...this.levels, this.stale]) editor.setDecorations(type, []);
  }
}

/** Hotter levels have a wider bar as well as another colour: readable without telling red from yellow. */
function heatType(color: string, level: number): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    borderStyle: 'solid',
    borderWidth: `0 0 0 ${2 + Math.ceil(level / 2)}px`,
    borderColor: new ThemeColor(color),
    overviewRulerColor: new ThemeColor(color),
    overviewRulerLane: OverviewRulerLane.Center,
    after: { color: new ThemeColor(colors.foreground), margin: '0 0 0 3em' },
  });
}

function staleType(): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    borderStyle: 'dotted',
    borderWidth: '0 0 0 2px',
    borderColor: new ThemeColor(colors.stale),
    after: { color: new ThemeColor(colors.stale), margin: '0 0 0 3em', fontStyle: 'italic' },
  });
}

function decoration(editor: TextEditor, line: HeatLine, withText: boolean): DecorationOptions {
  const { range } = editor.document.lineAt(line.line);
  return withText && line.text !== '' ? { range, renderOptions: { after: { contentText: line.text } } } : { range };
}
