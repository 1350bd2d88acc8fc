import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { type AppFiles, type CaptureKit, type CapturePlan, planAdding, planRemoving } from '../capture/planCapture';
import type { PlanCaptureParams } from '../protocol/captureRequests';
import { joinPath } from '../source/paths';
import type { ServerContext } from './context';
import { field, refused } from './params';
import { pathKey } from './pathKey';

/** What adding the capture kit to an application, or removing it, has to change. Reads only. */
export async function planCapture(context: ServerContext, params: PlanCaptureParams): Promise<CapturePlan> {
  const folder = context.host.toPath(params.folder);
  if (folder === null) throw refused('folder');
  const parser = await context.parser.get();
  if (parser === null) return { ok: false, message: 'Ruby cannot be read here: the log says why.' };
  const kit = await readKit((path) => context.host.kitFile(path));
  const app = appFiles(context, folder);
  return params.intent === 'add' ? planAdding(app, kit, parser) : planRemoving(app, kit, parser);
}

/** Texts of open documents go before those on disk. */
function appFiles({ documents, host }: ServerContext, folder: string): AppFiles {
  return {
    async read(path) {
      const whole = joinPath(folder, path);
      const open = await documents.ofFile(await pathKey(whole, host.files));
      return open?.getText() ?? host.files.readText(whole);
    },
    async list(path) {
      const entries = await host.files.list(joinPath(folder, path));
      return entries.filter(({ directory }) => !directory).map(({ name }) => name);
    },
  };
}

/** The kit that comes with the extension, by its `manifest.json`. */
async function readKit(read: (path: string) => Promise<string>): Promise<CaptureKit> {
  const manifest: unknown = JSON.parse(await read('manifest.json'));
  const gem = field(manifest, 'gem');
  const version = field(manifest, 'version');
  const paths = field(manifest, 'files');
  if (typeof version !== 'number' || !Array.isArray(paths)) throw damaged();
  const files = paths.map(text).map(async (path) => ({ path, text: await read(path) }));
  return {
    version,
    gem: { name: text(field(gem, 'name')), requirement: text(field(gem, 'requirement')) },
    initializer: text(field(manifest, 'initializer')),
    files: await Promise.all(files),
  };
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw damaged();
  return value;
}

function damaged(): ResponseError<void> {
  return new ResponseError(ErrorCodes.InternalError, 'The capture kit of the extension is damaged: install it again.');
}
