import { assertNever } from '../profile/assertNever';
import { Origin } from '../profile/origin';
import { classifyFile } from './classifyFile';

/**
 * Whose code a recorded file is, in one word: `app` for the workspace's own, a gem's name whatever its version, `ruby` for
 * core and standard library, `eval`, `gc`, and `other` for files that belong to nothing known. `origin`: an `Origin`.
 */
export function packageOf(recorded: string, origin: number): string {
  if (origin === Origin.Mine) return 'app';
  if (origin === Origin.Gc) return 'gc';
  const shape = classifyFile(recorded);
  switch (shape.kind) {
    case 'gem':
      return shape.gem;
    case 'core':
    case 'stdlib':
      return 'ruby';
    case 'eval':
      return 'eval';
    case 'none':
    case 'file':
      return 'other';
    default:
      return assertNever(shape);
  }
}
