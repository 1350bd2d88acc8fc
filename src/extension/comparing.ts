import { ProgressLocation, window } from 'vscode';
import type { Scaling } from '../profile/comparison';
import type { Baseline } from '../protocol/requests';
import type { Memory } from './memory';
import { chooseProfileFile } from './pickProfile';
import { type ProfileStore, profileName } from './profileStore';

/** What profiles are compared with: asked for, remembered per profile, said when it cannot be. */
export class Comparing {
  constructor(
    private readonly store: ProfileStore,
    private readonly memory: Memory,
  ) {}

  /** Asks for the baseline of a profile. */
  async choose(uri: string): Promise<void> {
    const others = this.store.all().flatMap((entry) => (entry.state === 'ready' && entry.uri !== uri ? entry.uri : []));
    const chosen = await chooseProfileFile(this.memory, {
      title: `Compare ${profileName(uri)} with`,
      placeHolder: 'The baseline: a profile from before the change',
      open: others,
      except: uri,
    });
    if (chosen !== null) await this.set(uri, { uri: chosen.toString(), scaling: { by: 'none' } });
  }

  async stop(uri: string): Promise<void> {
    await this.set(uri, null);
  }

  async setScaling(uri: string, scaling: Scaling): Promise<void> {
    const baseline = this.memory.baselineOf(uri);
    if (baseline !== null) await this.set(uri, { ...baseline, scaling });
  }

  private async set(uri: string, baseline: Baseline | null): Promise<void> {
    // Closed, or not read yet: there is nothing to compare.
    if ((await this.store.load(uri)).state !== 'ready') return;
    const before = this.memory.baselineOf(uri);
    // Known before the server answers: what asks for the profile meanwhile must not bring the old one back.
    this.memory.setBaseline(uri, baseline);
    const title = `Reading ${profileName(baseline?.uri ?? uri)}`;
    const refusal = await window.withProgress({ location: ProgressLocation.Window, title }, (_progress, token) =>
      this.store.setBaseline(uri, baseline, token),
    );
    if (refusal === null) return;
    this.memory.setBaseline(uri, before);
    void window.showErrorMessage(refusal);
  }
}
