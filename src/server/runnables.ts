import { rubyJobs, rubyTests } from '../capture/rubyTests';
import type { RunnablesParams, RunnablesResult } from '../protocol/captureRequests';
import { baseNameOf } from '../source/paths';
import type { ServerContext } from './context';

const nothing: RunnablesResult = { tests: [], jobs: [] };

/** The tests and jobs of a Ruby file. */
export async function runnables(context: ServerContext, { uri }: RunnablesParams): Promise<RunnablesResult> {
  const path = context.host.toPath(uri);
  const parser = await context.parser.get();
  if (path === null || parser === null) return nothing;
  const text = context.documents.get(uri)?.getText() ?? (await context.host.files.readText(path));
  const parsed = text === null ? null : parser.parse(text, null);
  if (parsed === null || parsed.errors > 0) return nothing;
  return { tests: rubyTests(parsed, baseNameOf(path)), jobs: rubyJobs(parsed) };
}
