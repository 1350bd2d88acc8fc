import { Position, Selection, type Uri, type ViewColumn, window, workspace } from 'vscode';
import { sourceColumn } from './openSource';
import { performFiles, performLine } from './performPlaces';

const skipped = '**/{node_modules,vendor,tmp,.git,spec,test}/**';
const maxFiles = 20;

interface Place {
  readonly uri: Uri;
  readonly line: number;
}

/** Opens the `perform` of a job class beside the view; asks where several files define it. Answers with why it cannot, or null. */
export async function openPerform(job: string, viewColumn: ViewColumn | undefined): Promise<string | null> {
  const places = await placesOf(job);
  if (places.length === 0) return `No file of this workspace defines ${job}. Open the folder of the application.`;
  const place = places.length === 1 ? places[0]! : await choose(job, places);
  if (place === null) return null;
  const document = await workspace.openTextDocument(place.uri);
  const start = new Position(place.line, document.lineAt(place.line).firstNonWhitespaceCharacterIndex);
  await window.showTextDocument(document, {
    viewColumn: sourceColumn(place.uri, viewColumn),
    selection: new Selection(start, start),
    preview: true,
  });
  return null;
}

async function placesOf(job: string): Promise<readonly Place[]> {
  for (const pattern of performFiles(job)) {
    const places: Place[] = [];
    for (const uri of await workspace.findFiles(pattern, skipped, maxFiles)) {
      const line = performLine((await workspace.openTextDocument(uri)).getText(), job);
      if (line !== null) places.push({ uri, line });
    }
    if (places.length > 0) return places;
  }
  return [];
}

async function choose(job: string, places: readonly Place[]): Promise<Place | null> {
  const items = places.map((place) => ({ label: workspace.asRelativePath(place.uri), place }));
  return (await window.showQuickPick(items, { title: `Several files define ${job}` }))?.place ?? null;
}
