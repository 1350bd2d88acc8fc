import {
  type AnnotatedTextEdit,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  LSPErrorCodes,
  type Range,
  ResponseError,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contradictingCops } from '../findings/contradictingCops';
import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import { commands } from '../protocol/ids';
import type { RubyParser } from '../ruby/parseRuby';
import type { Fix, Safety } from '../ruby/pattern';
import type { ServerContext } from './context';
import { findingsOf } from './documentFindings';
import { fixesAtOnce } from './fixAll';
import { ignoreAbove, ignoreEdit } from './ignoreEdit';
import { pathKey } from './pathKey';

/** All safe fixes of a document, for `editor.codeActionsOnSave`. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.allocationHotspots`;

/** What `codeAction/resolve` needs to find the rewrite again; nothing is remembered in between. */
interface FixReference {
  readonly uri: string;
  readonly version: number;
  readonly id: string;
  readonly line: number;
  readonly character: number;
  readonly title: string;
}

/**
 * For findings that touch the range: their rewrites, without the edits (`resolveCodeAction` makes those), what explains them
 * and what ignores them. `source.fixAll` only when it is asked for by its kind.
 */
export async function codeActions(context: ServerContext, params: CodeActionParams): Promise<CodeAction[]> {
  const { only } = params.context;
  const { uri } = params.textDocument;
  const wantsFixes = only === undefined || only.some((kind) => contains(kind, CodeActionKind.QuickFix));
  const wantsAll = only?.some((kind) => kind !== '' && contains(kind, FIX_ALL)) === true;
  const document = wantsFixes || wantsAll ? context.documents.get(uri) : undefined;
  if (document === undefined) return [];
  const { version } = document;
  const findings = await allFindingsOf(context, uri);
  if (findings.length === 0) return [];
  const parser = await context.parser.get();
  if (parser === null || document.version !== version) return [];
  const actions: CodeAction[] = [];
  if (wantsFixes) {
    const touched = findings.filter((finding) => touches(finding.range, params.range));
    const withDiagnostics = (finding: Finding, action: CodeAction): CodeAction => ({
      ...action,
      diagnostics: params.context.diagnostics.filter(
        ({ code, range }) => code === finding.id && sameStart(range, finding.range),
      ),
    });
    const offers = [
      (finding: Finding) => fixActions(finding, document),
      (finding: Finding) => [explainAction(finding)],
      (finding: Finding) => ignoreActions(finding, document, ignoreHereEdit(finding, document, parser)),
    ];
    // Rewrites of all findings first, then what explains them, then what silences them.
    for (const offer of offers) {
      for (const finding of touched) {
        for (const action of offer(finding)) actions.push(withDiagnostics(finding, action));
      }
    }
  }
  if (wantsAll) actions.push(...fixAllActions(fixesAtOnce(findings, document, parser), document));
  return actions;
}

/**
 * The action with its edit, made from the text as it is now. Rejects with `ContentModified` when the text changed since the
 * action was offered, or when the profile does not support it any more. Actions that came complete stay as they are.
 */
export async function resolveCodeAction(context: ServerContext, action: CodeAction): Promise<CodeAction> {
  if (action.data === undefined) return action;
  const reference = parseReference(action.data);
  const document = reference === null ? undefined : context.documents.get(reference.uri);
  if (reference === null || document === undefined || document.version !== reference.version) throw stale();
  const versions = versionsOf(context);
  const findings = await allFindingsOf(context, reference.uri);
  const finding = findings.find(
    ({ id, range }) =>
      id === reference.id && range.start.line === reference.line && range.start.character === reference.character,
  );
  const fix = finding === undefined ? undefined : fixesOf(finding).find(({ title }) => title === reference.title);
  if (finding === undefined || fix === undefined || document.version !== reference.version) throw stale();
  const edit = await fixEdit(context, finding, fix, document);
  // The other files of a fix must be what it was made from, too.
  const now = versionsOf(context);
  if ([...versions].some(([uri, version]) => now.get(uri) !== version)) throw stale();
  return { ...action, edit };
}

function versionsOf({ documents }: ServerContext): Map<string, number | undefined> {
  return new Map(documents.uris().map((uri) => [uri, documents.get(uri)?.version]));
}

/** Those of its hot lines, and what it says as configuration. */
async function allFindingsOf(context: ServerContext, uri: string): Promise<readonly Finding[]> {
  const findings = await findingsOf(context, uri);
  if (!context.configuration.concerns(uri)) return findings;
  return [...findings, ...((await context.configuration.findings(context)).get(uri) ?? [])];
}

function ignoreHereEdit(finding: Finding, document: TextDocument, parser: RubyParser): TextEdit | null {
  const text = document.getText();
  return document.languageId === 'ruby' ? ignoreEdit(text, finding, parser) : ignoreAbove(text, finding);
}

function fixActions(finding: Finding, document: TextDocument): CodeAction[] {
  const { uri, version } = document;
  const { line, character } = finding.range.start;
  return fixesOf(finding).map((fix) => {
    const data: FixReference = { uri, version, id: finding.id, line, character, title: fix.title };
    return {
      title: titleOf(fix, finding.safety, contradictingCops(document.getText(), fix)),
      kind: CodeActionKind.QuickFix,
      isPreferred: finding.safety === 'safe' && fix === finding.fix,
      data,
    };
  });
}

function explainAction({ id }: Finding): CodeAction {
  const title = `Explain ${id}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    command: { title, command: commands.explainFinding, arguments: [id] },
  };
}

function ignoreActions({ id }: Finding, document: TextDocument, here: TextEdit | null): CodeAction[] {
  const title = `Ignore ${id} in this workspace`;
  const everywhere: CodeAction = {
    title,
    kind: CodeActionKind.QuickFix,
    command: { title, command: commands.ignorePattern, arguments: [id] },
  };
  if (here === null) return [everywhere];
  const edit = versionedEdit(document, [here]);
  return [{ title: `Ignore ${id} here`, kind: CodeActionKind.QuickFix, edit }, everywhere];
}

function fixAllActions(fixes: readonly Fix[], document: TextDocument): CodeAction[] {
  if (fixes.length === 0) return [];
  const edit = versionedEdit(
    document,
    fixes.flatMap(({ edits }) => [...edits]),
  );
  return [{ title: 'Fix all safe allocation findings', kind: FIX_ALL, edit }];
}

function fixesOf(finding: Finding): Fix[] {
  return finding.fix === null ? [] : [finding.fix, ...finding.alternatives];
}

function titleOf(fix: Fix, safety: Safety, cops: readonly string[]): string {
  const flagged = cops.length === 0 ? [] : [`${cops.join(', ')} flags it`];
  const notes = [...reviewOf(safety), ...flagged];
  return notes.length === 0 ? fix.title : `${fix.title} (${notes.join('; ')})`;
}

function reviewOf(safety: Safety): string[] {
  switch (safety) {
    case 'safe':
      return [];
    case 'review':
    case 'advice':
      return ['review'];
    default:
      return assertNever(safety);
  }
}

/** A versioned edit, one for each file; one that somebody should look at first asks the editor for a preview. */
async function fixEdit(
  { host, documents }: ServerContext,
  finding: Finding,
  fix: Fix,
  document: TextDocument,
): Promise<WorkspaceEdit> {
  const annotationId = finding.id;
  const own = fix.edits.filter(({ path }) => path === undefined);
  const documentChanges = own.length === 0 ? [] : [changeOf(document, [annotated(oneEdit(own, document))])];
  for (const { path, range, newText } of fix.edits) {
    if (path === undefined) continue;
    const open = await documents.ofFile(await pathKey(path, host.files));
    documentChanges.push(changeOf(open ?? { uri: host.toUri(path), version: null }, [annotated({ range, newText })]));
  }
  const cops = contradictingCops(document.getText(), fix);
  const flagged = cops.map((cop) => ` RuboCop's ${cop} flags what it writes.`).join('');
  return {
    documentChanges,
    changeAnnotations: {
      [annotationId]: {
        label: fix.title,
        description: `${finding.explanation}${flagged}`,
        needsConfirmation: finding.safety !== 'safe',
      },
    },
  };

  function annotated(edit: TextEdit): AnnotatedTextEdit {
    return { ...edit, annotationId };
  }
}

/** The preview lets every edit be ticked by itself, and half a rewrite is broken Ruby: a fix is one edit. */
function oneEdit(edits: readonly TextEdit[], document: TextDocument): TextEdit {
  const sorted = edits
    .map(({ range, newText }) => ({ from: document.offsetAt(range.start), to: document.offsetAt(range.end), newText }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const text = document.getText();
  const from = sorted[0]!.from;
  let to = from;
  let newText = '';
  for (const edit of sorted) {
    newText += text.slice(to, edit.from) + edit.newText;
    to = edit.to;
  }
  return { range: { start: document.positionAt(from), end: document.positionAt(to) }, newText };
}

function versionedEdit(document: TextDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  return { documentChanges: [changeOf(document, edits)] };
}

/** The version is null for a file that is not open. */
function changeOf(
  { uri, version }: Pick<TextDocument, 'uri'> & { readonly version: number | null },
  edits: readonly TextEdit[],
): TextDocumentEdit {
  return { textDocument: { uri, version }, edits: [...edits] };
}

/** Whether a kind that is asked for is this one or stands above it: `source` contains `source.fixAll`. */
function contains(asked: string, kind: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}

function touches(a: Range, b: Range): boolean {
  return a.start.line <= b.end.line && b.start.line <= a.end.line;
}

function sameStart(a: Range, b: Range): boolean {
  return a.start.line === b.start.line && a.start.character === b.start.character;
}

function stale(): ResponseError<void> {
  return new ResponseError(
    LSPErrorCodes.ContentModified,
    'The text or the profile changed since this fix was offered; ask for it again.',
  );
}

function parseReference(data: unknown): FixReference | null {
  const field = (key: string): unknown => (typeof data === 'object' && data !== null ? Reflect.get(data, key) : null);
  const [uri, id, title] = [field('uri'), field('id'), field('title')];
  const [version, line, character] = [field('version'), field('line'), field('character')];
  if (typeof uri !== 'string' || typeof id !== 'string' || typeof title !== 'string') return null;
  if (typeof version !== 'number' || typeof line !== 'number' || typeof character !== 'number') return null;
  return { uri, version, id, line, character, title };
}
