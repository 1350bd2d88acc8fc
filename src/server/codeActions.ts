import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  LSPErrorCodes,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import type { Fix, Safety } from '../ruby/pattern';
import type { ServerContext } from './context';
import { findingsOf } from './documentFindings';

/** What `codeAction/resolve` needs to find the rewrite again; nothing is remembered in between. */
interface FixReference {
  readonly uri: string;
  readonly version: number;
  readonly id: string;
  readonly line: number;
  readonly character: number;
  readonly title: string;
}

/** The rewrites for findings that touch the range, without their edits: `resolveCodeAction` makes those. */
export async function codeActions(context: ServerContext, params: CodeActionParams): Promise<CodeAction[]> {
  const { only } = params.context;
  const { uri } = params.textDocument;
  const wanted = only === undefined || only.some((kind) => CodeActionKind.QuickFix.startsWith(kind));
  const document = wanted ? context.documents.get(uri) : undefined;
  if (document === undefined) return [];
  const { version } = document;
  const findings = await findingsOf(context, uri);
  if (document.version !== version) return [];
  return findings
    .filter((finding) => touches(finding.range, params.range))
    .flatMap((finding) =>
      fixesOf(finding).map((fix) => {
        const { line, character } = finding.range.start;
        const data: FixReference = { uri, version, id: finding.id, line, character, title: fix.title };
        return {
          title: titleOf(fix, finding.safety),
          kind: CodeActionKind.QuickFix,
          isPreferred: finding.safety === 'safe' && fix === finding.fix,
          diagnostics: params.context.diagnostics.filter(
            ({ code, range }) => code === finding.id && sameStart(range, finding.range),
          ),
          data,
        };
      }),
    );
}

/**
 * The action with its edit, made from the text as it is now. Rejects with `ContentModified` when the text changed since the
 * action was offered, or when the profile does not support it any more.
 */
export async function resolveCodeAction(context: ServerContext, action: CodeAction): Promise<CodeAction> {
  const reference = parseReference(action.data);
  const document = reference === null ? undefined : context.documents.get(reference.uri);
  if (reference === null || document === undefined || document.version !== reference.version) throw stale();
  const findings = await findingsOf(context, reference.uri);
  const finding = findings.find(
    ({ id, range }) =>
      id === reference.id && range.start.line === reference.line && range.start.character === reference.character,
  );
  const fix = finding === undefined ? undefined : fixesOf(finding).find(({ title }) => title === reference.title);
  if (finding === undefined || fix === undefined || document.version !== reference.version) throw stale();
  return { ...action, edit: editOf(finding, fix, reference) };
}

function fixesOf(finding: Finding): Fix[] {
  return finding.fix === null ? [] : [finding.fix, ...finding.alternatives];
}

function titleOf(fix: Fix, safety: Safety): string {
  switch (safety) {
    case 'safe':
      return fix.title;
    case 'review':
    case 'advice':
      return `${fix.title} (review)`;
    default:
      return assertNever(safety);
  }
}

/** A versioned edit; one that somebody should look at first asks the editor for a preview. */
function editOf(finding: Finding, fix: Fix, { uri, version }: FixReference): WorkspaceEdit {
  const annotationId = finding.id;
  const needsConfirmation = finding.safety !== 'safe';
  return {
    documentChanges: [
      {
        textDocument: { uri, version },
        edits: fix.edits.map(({ range, newText }) => ({ range, newText, annotationId })),
      },
    ],
    changeAnnotations: {
      [annotationId]: { label: fix.title, description: finding.explanation, needsConfirmation },
    },
  };
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
