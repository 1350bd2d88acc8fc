import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Host } from './host';
import { pathKey } from './pathKey';

/** The documents open in the editor, with the file each one is. */
export class Documents {
  private readonly texts = new TextDocuments(TextDocument);
  private readonly keys = new Map<string, Promise<string | null>>();

  constructor(private readonly host: Host) {}

  /** `onChange` runs when a document opened or its text changed, `onClose` when it is gone. */
  listen(connection: Connection, onChange: (uri: string) => void, onClose: (uri: string) => void): void {
    this.texts.onDidChangeContent(({ document }) => onChange(document.uri));
    this.texts.onDidClose(({ document }) => {
      this.keys.delete(document.uri);
      onClose(document.uri);
    });
    this.texts.listen(connection);
  }

  get(uri: string): TextDocument | undefined {
    return this.texts.get(uri);
  }

  uris(): string[] {
    return this.texts.keys();
  }

  /** The open document of the file with this path key. */
  async ofFile(key: string): Promise<TextDocument | undefined> {
    for (const uri of this.uris()) if ((await this.keyOf(uri)) === key) return this.texts.get(uri);
    return undefined;
  }

  /** The path key of a document's file (see `pathKey.ts`); null when the document is no file. Kept while it is open. */
  keyOf(uri: string): Promise<string | null> {
    const known = this.keys.get(uri);
    if (known !== undefined) return known;
    const path = this.host.toPath(uri);
    const key = path === null ? Promise.resolve(null) : pathKey(path, this.host.files);
    if (this.texts.get(uri) !== undefined) this.keys.set(uri, key);
    return key;
  }
}
