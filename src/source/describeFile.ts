import { assertNever } from '../profile/assertNever';
import { Origin } from '../profile/origin';
import { classifyFile, isDependencyPath } from './classifyFile';
import type { RecordedFile } from './recordedFiles';
import type { PlaceInRoot } from './workspaceRoots';

/** Whose code a file is. `rest`: its path inside the workspace, or null. */
export function originOf({ shape, collector }: RecordedFile, rest: string | null): Origin {
  switch (shape.kind) {
    case 'none':
      return collector ? Origin.Gc : Origin.Other;
    case 'core':
      return Origin.Core;
    case 'eval':
      return Origin.Other;
    case 'gem':
      return rest === null ? Origin.Gem : originInside(rest);
    case 'stdlib':
      return rest === null ? Origin.Stdlib : originInside(rest);
    case 'file':
      if (rest !== null) return originInside(rest);
      return shape.dependency ? Origin.Gem : Origin.Other;
    default:
      return assertNever(shape);
  }
}

/** Judged by the path inside the workspace: the workspace itself may lie in a gem's folder. */
function originInside(rest: string): Origin {
  const inside = classifyFile(`/${rest}`);
  if (inside.kind === 'gem' || isDependencyPath(rest)) return Origin.Gem;
  return inside.kind === 'stdlib' ? Origin.Stdlib : Origin.Mine;
}

export interface PlaceContext {
  readonly at: PlaceInRoot | null;
  readonly origin: Origin;
  /** With several roots, a place starts with the root's name. */
  readonly severalRoots: boolean;
  /** Shortens a recorded path that stands in another file's name. */
  readonly shorten: (recorded: string) => string;
}

/** What to show for a file: short, and without the folders that only say how a machine is set up. */
export function placeOf({ shape, text }: RecordedFile, { at, origin, severalRoots, shorten }: PlaceContext): string {
  if (at && origin === Origin.Mine) return severalRoots ? `${at.root.name}/${at.rest}` : at.rest;
  switch (shape.kind) {
    case 'none':
      return origin === Origin.Gc ? 'garbage collector' : 'no file';
    case 'core':
      return shape.place;
    case 'eval':
      return shape.at ? `(eval at ${shorten(shape.at.file)}:${shape.at.line})` : text;
    case 'gem':
      return `${shape.version === null ? shape.gem : `${shape.gem} ${shape.version}`} ${shape.inside}`;
    case 'stdlib':
      return `stdlib ${shape.inside}`;
    case 'file':
      return at ? at.rest : shape.path;
    default:
      return assertNever(shape);
  }
}
