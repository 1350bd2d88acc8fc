import type { Disposable, TreeView } from 'vscode';
import type { SelectedPlace } from '../protocol/webview';

/** What is selected in a profile view, for the side bar. */
export interface ViewSelection extends SelectedPlace {
  readonly profile: string;
}

/** Selects in a tree of the side bar what is selected in a profile view, while the tree can be seen; the focus stays. */
export class TreeSelection<Node> implements Disposable {
  private readonly shown: Disposable;
  /** Selected while the tree was not in sight. */
  private waiting: ViewSelection | null = null;

  constructor(
    private readonly view: TreeView<Node>,
    /** The node of a place, or null when the tree has none. */
    private readonly nodeOf: (selection: ViewSelection) => Node | null,
  ) {
    this.shown = view.onDidChangeVisibility(({ visible }) => {
      if (visible && this.waiting !== null) this.select(this.waiting);
    });
  }

  select(selection: ViewSelection): void {
    this.waiting = this.view.visible ? null : selection;
    const node = this.view.visible ? this.nodeOf(selection) : null;
    if (node === null || this.view.selection.includes(node)) return;
    // Rejects when the tree was filled anew meanwhile: the next selection finds the new nodes.
    this.view.reveal(node, { select: true, focus: false }).then(undefined, () => undefined);
  }

  dispose(): void {
    this.shown.dispose();
  }
}
