import { type Disposable, env, MarkdownString, StatusBarAlignment, window } from 'vscode';
import { commands } from '../protocol/ids';
import type { ProfileSummary } from '../protocol/requests';
import type { Heat } from './heat';
import type { ProfileStore } from './profileStore';
import { fullTotal, lensDetails, lensNames, progressText, samplingText } from './summaryText';

/** The status-bar item: what loads (click cancels), else the active profile and lens (click opens the menu). */
export function showStatus(store: ProfileStore, heat: Heat): Disposable & { update(): void } {
  const item = window.createStatusBarItem('allocationHotspots.status', StatusBarAlignment.Left, 10);
  item.name = 'Allocation Hotspots';
  const update = (): void => {
    const loading = store.all().find((entry) => entry.state === 'loading');
    const active = store.activeSummary();
    if (loading?.state === 'loading') {
      item.text = `$(loading~spin) ${loading.name}: ${progressText(loading.progress)}`;
      item.tooltip = 'Loading an allocation profile. Click to cancel.';
      item.command = commands.cancelLoading;
      item.show();
    } else if (active !== null) {
      item.text = `$(flame) ${active.name} · ${lensNames[store.lens]}${heat.shown ? '' : ' · heat off'}`;
      item.tooltip = tooltip(active, store);
      item.command = commands.showMenu;
      item.show();
    } else {
      item.hide();
    }
    item.accessibilityInformation = { label: `Allocation Hotspots: ${item.text.replace(/\$\([^)]*\)/g, '').trim()}` };
  };
  const subscription = store.onDidChange(update);
  update();
  return {
    update,
    dispose: () => {
      subscription.dispose();
      item.dispose();
    },
  };
}

function tooltip(summary: ProfileSummary, store: ProfileStore): MarkdownString {
  const { language } = env;
  const text = new MarkdownString(undefined, true);
  const lines = [
    summary.name,
    fullTotal(summary, language),
    samplingText(summary, language),
    `Charged to: ${lensNames[store.lens]}. ${lensDetails[store.lens]}`,
    ...summary.problems.map((problem) => `⚠ ${problem.message}`),
  ];
  for (const line of lines) text.appendText(line).appendMarkdown('\n\n');
  return text;
}
