import { type Disposable, type FileSystemWatcher, RelativePattern, Uri, workspace } from 'vscode';

/** A writer that is still at it is left alone until the file was quiet for this long. */
const quietMs = 1000;

/** Says when a file was written, once it is quiet or, where `mostMs` says so, at the latest after that. */
export class FileWatch implements Disposable {
  private readonly watcher: FileSystemWatcher;
  private timer: NodeJS.Timeout | undefined;
  private since = 0;

  constructor(
    uri: string,
    private readonly changed: () => void,
    private readonly mostMs = Number.POSITIVE_INFINITY,
  ) {
    const file = Uri.parse(uri);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    // Glob characters in a file name stand for themselves inside brackets.
    const literal = name.replace(/[*?[\]{}]/g, (character) => `[${character}]`);
    this.watcher = workspace.createFileSystemWatcher(
      new RelativePattern(Uri.joinPath(file, '..'), literal),
      false,
      false,
      true,
    );
    this.watcher.onDidChange(() => this.wait());
    this.watcher.onDidCreate(() => this.wait());
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher.dispose();
  }

  private wait(): void {
    const now = Date.now();
    if (this.timer === undefined) this.since = now;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.changed();
      },
      Math.max(0, Math.min(quietMs, this.since + this.mostMs - now)),
    );
  }
}
