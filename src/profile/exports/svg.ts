import { selectFlameRows } from '../flameRows';
import { formatCount, formatObjects, formatShare, formatTotal } from '../format';
import { compareText } from '../methods';
import type { FrameFacts } from '../refinement';
import { CHUNK_LENGTH, type ExportInput, exportedFile, exportedName } from './exportInput';

const WIDTH = 1200;
const ROW = 17;
const TOP = 44;
const BOTTOM = 12;
/** Of the font below; a name is cut to what fits. */
const CHARACTER_WIDTH = 6.7;
/** Narrower boxes are a hairline that says nothing. */
const NARROWEST = 0.4;

const INK = '#1f1f1f';
/** Light enough for the ink at 7:1 and more. `app` stands out; Ruby's own is grey. */
const APP = '#ffb37a';
const GREY = '#d4d4d4';
/** In the order of their weight, most unlike first. */
const GEMS = ['#a9d3f2', '#b9e0a5', '#d9c2ec', '#f6e58d', '#a8e0d5'];
const NO_GEMS: ReadonlySet<string> = new Set(['app', 'ruby', 'other', 'eval', 'gc', '']);

/**
 * The flame graph as a picture, roots on top, heavier boxes to the left: SVG without scripts, for documents and browsers. Every box
 * says the whole of its name, place and weight when pointed at.
 */
export function* svgPicture(input: ExportInput, packages: FrameFacts['package']): Generator<string> {
  const { profile, tree, measure, name } = input;
  const scale = tree.totalSamples === 0 ? 0 : WIDTH / tree.totalSamples;
  const minSamples = scale === 0 ? 0 : NARROWEST / scale;
  const rows = selectFlameRows(tree, { from: 0, to: Number.POSITIVE_INFINITY, minSamples });
  let depths = 0;
  for (let row = 0; row < rows.length; row++) depths = Math.max(depths, rows.depth[row]! + 1);
  const height = TOP + depths * ROW + BOTTOM;
  const colours = coloursOf(input, packages);
  const measured = measure.unit === 'objects' ? `${formatTotal(measure)} allocated` : formatTotal(measure);
  const shown =
    tree.totalSamples < profile.samples ? ` · shown: ${formatShare(tree.totalSamples / profile.samples)} of them` : '';
  let chunk = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="11" role="img" aria-label="${escaped(`Flame graph of ${name}`)}">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="6" y="18" font-size="14" font-weight="bold" fill="${INK}">${escaped(name)}</text>
<text x="6" y="35" fill="${INK}">${escaped(`${measured} · ${formatCount(profile.samples)} samples${shown}`)}</text>
${legend(colours)}
`;
  for (let row = 0; row < rows.length; row++) {
    const frame = rows.frame[row]!;
    const x = rows.start[row]! * scale;
    const width = rows.total[row]! * scale;
    const y = TOP + rows.depth[row]! * ROW;
    const method = exportedName(profile, frame);
    const file = exportedFile(profile, frame);
    const line = rows.line[row]! > 0 ? rows.line[row]! : profile.frames.line[frame]!;
    const place = file === '' ? '' : `\n${file}${line > 0 ? `:${line}` : ''}`;
    const weight = `${formatObjects(measure, rows.total[row]!)} (${formatShare(rows.total[row]! / profile.samples)})`;
    const room = Math.floor((width - 6) / CHARACTER_WIDTH);
    const label =
      room < 3
        ? ''
        : `<text x="${shortest(x + 3)}" y="${y + 12}" fill="${INK}">${escaped(fitted(method, room))}</text>`;
    const fill = colours.get(packages[profile.frames.file[frame]!] ?? '') ?? GREY;
    chunk += `<g><title>${escaped(`${method}${place}\n${weight}`)}</title><rect x="${shortest(x)}" y="${y}" width="${shortest(Math.max(0.2, width - 0.5))}" height="${ROW - 1}" fill="${fill}"/>${label}</g>\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}</svg>\n`;
}

/** The colours of packages: the application's own, grey for Ruby, and one each for the gems that most samples pass through. */
function coloursOf({ tree, profile }: ExportInput, packages: FrameFacts['package']): ReadonlyMap<string, string> {
  const weights = new Map<string, number>();
  for (let node = 0; node < tree.length; node++) {
    const name = packages[profile.frames.file[tree.frame[node]!]!] ?? '';
    const above = tree.parent[node]!;
    const caller = above < 0 ? null : (packages[profile.frames.file[tree.frame[above]!]!] ?? '');
    if (name !== caller) weights.set(name, (weights.get(name) ?? 0) + tree.total[node]!);
  }
  const gems = [...weights.keys()].filter((name) => !NO_GEMS.has(name));
  gems.sort((a, b) => weights.get(b)! - weights.get(a)! || compareText(a, b));
  const colours = new Map(gems.slice(0, GEMS.length).map((name, at) => [name, GEMS[at]!]));
  return weights.has('app') ? new Map([['app', APP], ...colours]) : colours;
}

/** What the colours mean, in a row at the right end of the second line. */
function legend(colours: ReadonlyMap<string, string>): string {
  const entries = [...colours, ['others', GREY] as const];
  let x = WIDTH - 6;
  let svg = '';
  for (const [name, colour] of entries.reverse()) {
    const label = fitted(name, 14);
    x -= Math.ceil([...label].length * CHARACTER_WIDTH);
    svg += `<text x="${x}" y="35" fill="${INK}">${escaped(label)}</text><rect x="${x - 14}" y="26" width="10" height="10" fill="${colour}"/>`;
    x -= 26;
  }
  return svg;
}

function fitted(text: string, characters: number): string {
  const all = [...text];
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`;
}

function shortest(pixels: number): string {
  return String(Math.round(pixels * 100) / 100);
}

/** Text for XML; what XML cannot hold, and marks that turn the direction of text, are left out. */
function escaped(text: string): string {
  return text
    .replace(
      /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
