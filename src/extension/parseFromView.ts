import { readFilter } from '../profile/readFilter';
import { readScaling } from '../protocol/readScaling';
import {
  type FindingPlace,
  type FromView,
  type Opening,
  type SelectedPlace,
  type ViewFilters,
  type ViewQuestion,
  viewCommands,
} from '../protocol/webview';

const questions: Readonly<Record<ViewQuestion, true>> = {
  flame: true,
  treeRows: true,
  hotLines: true,
  packages: true,
  files: true,
  methods: true,
  findings: true,
  callers: true,
  middle: true,
  search: true,
  compare: true,
};

/** A message of the view, checked field by field; null for what no view of ours sends. */
export function parseFromView(message: unknown): FromView | null {
  if (!isRecord(message)) return null;
  const { type, id, question, params, file, line, place, opening, lens, scaling, command, filters, text } = message;
  const { format, bytes, ms, boxes, on } = message;
  switch (type) {
    case 'ready':
      return { type };
    case 'ask':
      return isCount(id) && isQuestion(question) ? { type, id, question, params } : null;
    case 'open':
      return typeof file === 'string' && isCount(line) && isOpening(opening) ? { type, file, line, opening } : null;
    case 'openFinding':
      if (!isPlace(place) || (opening !== 'fix' && !isOpening(opening))) return null;
      return { type, place: { uri: place.uri, line: place.line, character: place.character }, opening };
    case 'explainFinding':
      return typeof id === 'string' ? { type, id } : null;
    case 'setLens':
      return lens === 'recorded' || lens === 'caller' || lens === 'mine' ? { type, lens } : null;
    case 'setFollowCursor':
      return typeof on === 'boolean' ? { type, on } : null;
    case 'selected':
      return isSelectedPlace(place) ? { type, place: { file: place.file, line: place.line } } : null;
    case 'setScaling': {
      const read = readScaling(scaling);
      return read === null ? null : { type, scaling: read };
    }
    case 'command': {
      const known = viewCommands.find((one) => one === command);
      return known === undefined ? null : { type, command: known };
    }
    case 'filters': {
      const read = readFilters(filters);
      return read === null ? null : { type, filters: read };
    }
    case 'copy':
      return typeof text === 'string' ? { type, text } : null;
    case 'savePicture':
      if (format !== 'svg' && format !== 'png') return null;
      return bytes instanceof Uint8Array ? { type, format, bytes } : null;
    case 'painted':
      return typeof ms === 'number' && isCount(boxes) ? { type, ms, boxes } : null;
    default:
      return null;
  }
}

function readFilters(value: unknown): ViewFilters | null {
  if (!Array.isArray(value)) return null;
  const filters = value.map((one: unknown) => {
    const filter = readFilter(one);
    const label = isRecord(one) ? one.label : null;
    return filter === 'kind' || filter === 'of' || typeof label !== 'string' ? null : { ...filter, label };
  });
  return filters.every((one) => one !== null) ? filters : null;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isQuestion(value: unknown): value is ViewQuestion {
  return typeof value === 'string' && Object.hasOwn(questions, value);
}

function isOpening(value: unknown): value is Opening {
  return value === 'preview' || value === 'go';
}

/** Only files are opened: the view has no business with other addresses. */
function isPlace(value: unknown): value is FindingPlace {
  if (!isRecord(value) || !isCount(value.line) || !isCount(value.character)) return false;
  return typeof value.uri === 'string' && value.uri.startsWith('file:');
}

function isSelectedPlace(value: unknown): value is SelectedPlace {
  return isRecord(value) && typeof value.file === 'string' && isCount(value.line);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
