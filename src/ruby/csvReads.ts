import { AssocNode, CallNode, type Location, type Node, SymbolNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from './callChain';
import { pathAndOptions } from './fileStreams';
import type { Syntax } from './syntax';
import type { TextEdit } from './textRange';

/** `CSV.read(path, …)` or `CSV.parse(File.read(path), …)`. */
export interface CsvRead {
  readonly call: CallNode;
  readonly messageLoc: Location;
  readonly path: Node;
  /** Makes `CSV.foreach(path, …)` of it. */
  readonly edits: readonly TextEdit[] | null;
}

/** The read that a call is; null for anything else, and for options that `foreach` does not know. */
export function csvRead(call: CallNode, syntax: Syntax): CsvRead | null {
  const { receiver, messageLoc } = call;
  if (!messageLoc || !isConstant(receiver) || !/^(?:::)?CSV$/.test(syntax.sourceOf(receiver.location))) return null;
  const named = call.isSafeNavigation() ? null : pathAndOptions(call);
  if (named === null || !(named.options === null || named.options.elements.every(isKnown))) return null;
  const rename = { range: syntax.rangeOf(messageLoc), newText: 'foreach' };
  if (call.name === 'read') return { call, messageLoc, path: named.path, edits: [rename] };

  const { path: text } = named;
  if (!(text instanceof CallNode) || text.name !== 'read' || !isConstant(text.receiver)) return null;
  const file = /^(?:::)?(?:File|IO)$/.test(syntax.sourceOf(text.receiver.location)) ? pathAndOptions(text) : null;
  if (file === null || file.options !== null) return null;
  const { startOffset, length } = text.location;
  const edit = { range: syntax.rangeOf(text.location), newText: syntax.sourceOf(file.path.location) };
  const isCommented = syntax.hasCommentBetween(startOffset, startOffset + length);
  return { call, messageLoc, path: file.path, edits: isCommented ? null : [rename, edit] };
}

/** `headers: true`, not `**options`. */
function isKnown(pair: Node): boolean {
  return pair instanceof AssocNode && pair.key instanceof SymbolNode;
}

export const malformed =
  'Check that it is fine to have processed rows before a malformed one raises: read raises before the first row.';
