/** Asks for rows of the call tree, one picture at a time: answers of another one come too late. */
import type { TreePart } from '../src/profile/treeFamilies';
import type { TreeShape } from '../src/profile/treeShape';
import type { TreeRowsResult } from '../src/protocol/requests';
import { type Picture, samePicture } from './flameTree';
import type { Host } from './host';
import { statePicture } from './state';
import type { Store } from './store';

export class TreeQuestions {
  constructor(
    private readonly store: Store,
    private readonly host: Host,
  ) {}

  /** The rows as `TreeRowsParams` names them, given to `take` if the picture is still the one to look at. */
  async ask(node: number, part: TreePart, take: (rows: TreeRowsResult) => void): Promise<void> {
    const asked = statePicture(this.store.state);
    const { mapped } = this.store.state;
    try {
      const rows = await this.host.ask('treeRows', { refinement: asked.refinement, shape: shapeOf(asked), node, part });
      const { state } = this.store;
      if (samePicture(asked, statePicture(state)) && mapped === state.mapped) take(rows);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.store.send({ type: 'notice', text: `Rows of the call tree could not be loaded: ${why}` });
    }
  }
}

function shapeOf({ groupBy, direction, around, order }: Picture): TreeShape {
  return { groupBy, direction, around, order };
}
