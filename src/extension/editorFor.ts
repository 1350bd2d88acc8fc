import { type EditorId, editors } from '../protocol/ids';

/** What package.json lists for `editors.profile`: names that only profilers write. */
const sureNames = [
  /stackprof.*\.dump(\.gz)?$/,
  /^stack-prof-report.*\.(dump(\.gz)?|json)$/,
  /\.stackprof(\.json)?(\.gz)?$/,
  /^stackprof[-_].*\.json(\.gz)?$/,
];

/** The editor under whose name VS Code shows a file: files of any other name belong to the one that is an option. */
export function editorFor(name: string): EditorId {
  return sureNames.some((pattern) => pattern.test(name)) ? editors.profile : editors.anyFile;
}
