/** Packages, under them their files, under those their methods, made of what the server summed up. */
import type { MethodsResult, RollUpResult } from '../src/protocol/requests';
import { Outline } from './outline';
import { packageLabel } from './selectionActions';
import { nameOrNone } from './visibleText';

export interface FileTreeRow {
  readonly kind: 'package' | 'file' | 'method';
  /** Stays the same when sums are new. */
  readonly key: string;
  readonly label: string;
  readonly package: string;
  /** As recorded; empty for a package. */
  readonly file: string;
  readonly place: string;
  /** FrameIndex of a method, -1 otherwise. */
  readonly frame: number;
  /** Where a method is defined, 0 otherwise. */
  readonly line: number;
  readonly origin: number;
  readonly own: number;
  readonly through: number;
  readonly methods: number;
  readonly files: number;
}

export interface FileTree {
  readonly rows: readonly FileTreeRow[];
  readonly outline: Outline;
}

/** The rows of all three answers; none of null. */
export function fileTree(
  sums: {
    readonly packages: RollUpResult;
    readonly files: RollUpResult;
    readonly methods: MethodsResult;
  } | null,
): FileTree {
  const outline = new Outline();
  const rows: FileTreeRow[] = [];
  if (sums === null) return { rows, outline };
  const { packages, files, methods } = sums;
  const filesOf = grouped(files.length, (at) => files.package[at]!);
  const methodsOf = grouped(methods.length, (at) => methods.file[at]!);
  for (let at = 0; at < packages.length; at++) {
    const name = packages.key[at]!;
    const inIt = filesOf.get(name) ?? [];
    const parent = outline.add(-1, inIt.length > 0);
    rows.push({
      ...summedRow(packages, at),
      kind: 'package',
      key: `package ${name}`,
      label: packageLabel(name),
      file: '',
      place: '',
    });
    for (const fileAt of inIt) {
      const file = files.key[fileAt]!;
      const ofFile = methodsOf.get(file) ?? [];
      const fileId = outline.add(parent, ofFile.length > 0);
      const place = files.label[fileAt]!;
      rows.push({
        ...summedRow(files, fileAt),
        kind: 'file',
        key: `file ${file}`,
        label: place || '(no file)',
        file,
        place,
      });
      for (const methodAt of ofFile) {
        outline.add(fileId, false);
        rows.push(methodRow(methods, methodAt, name));
      }
    }
  }
  return { rows, outline };
}

function summedRow(sums: RollUpResult, at: number): Omit<FileTreeRow, 'kind' | 'key' | 'label' | 'file' | 'place'> {
  return {
    package: sums.package[at]!,
    frame: -1,
    line: 0,
    origin: sums.origin[at]!,
    own: sums.own[at]!,
    through: sums.through[at]!,
    methods: sums.methods[at]!,
    files: sums.files[at]!,
  };
}

function methodRow(methods: MethodsResult, at: number, name: string): FileTreeRow {
  const frame = methods.frame[at]!;
  return {
    kind: 'method',
    key: `method ${frame}`,
    label: nameOrNone(methods.name[at]!),
    package: name,
    file: methods.file[at]!,
    place: methods.place[at]!,
    frame,
    line: methods.line[at]!,
    origin: methods.origin[at]!,
    own: methods.self[at]!,
    through: methods.total[at]!,
    methods: 1,
    files: 0,
  };
}

function grouped(count: number, keyOf: (at: number) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (let at = 0; at < count; at++) {
    const key = keyOf(at);
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  }
  return groups;
}
