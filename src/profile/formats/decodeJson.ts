import type { ByteWindow } from './byteWindow';
import { NEED_MORE } from './decodeFailure';
import type { IdIndex } from './frameIds';
import { JsonReader } from './jsonReader';
import { JsonIdRuns, JsonLineRuns, JsonNumbers } from './jsonRuns';
import type { FrameEntry, StackprofDraft } from './stackprofDraft';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;

interface ListScan {
  /** False: more bytes are needed. */
  scan(): boolean;
}

/**
 * Reads a StackProf results hash from JSON into a draft: compact or indented, keys in any order, of any size. `step` reads
 * as far as the window goes, as in decodeMarshal.ts.
 */
export class JsonDecoder {
  private readonly reader: JsonReader;
  /** What comes next. `after`: the comma or bracket after a list or the frames. */
  private place: 'start' | 'pair' | 'frame' | 'after' | 'end' = 'start';
  private list: ListScan | null = null;
  private endList: () => void = () => {};

  constructor(
    window: ByteWindow,
    private readonly draft: StackprofDraft,
  ) {
    this.reader = new JsonReader(window);
  }

  /** True when the object was read to its end; false when the window must be filled. */
  step(): boolean {
    const { window } = this.reader;
    while (this.place !== 'end') {
      if (this.list !== null) {
        if (!this.list.scan()) return false;
        this.list = null;
        this.endList();
        continue;
      }
      const { pos } = window;
      try {
        this.readUnit();
      } catch (error) {
        if (error !== NEED_MORE) throw error;
        window.pos = pos;
        return false;
      }
    }
    return true;
  }

  private readUnit(): void {
    switch (this.place) {
      case 'start':
        this.readStart();
        break;
      case 'pair':
        this.readPair();
        break;
      case 'frame':
        this.readFrame();
        break;
      case 'after':
        this.place = this.reader.closes(CLOSE_BRACE) ? 'end' : 'pair';
        break;
      case 'end':
        break;
    }
  }

  private readStart(): void {
    const { reader } = this;
    const { window } = reader;
    if (window.bytes[window.pos] === 0xef) window.pos += 3;
    reader.expect(OPEN_BRACE, '"{"');
    this.place = reader.isEmpty(CLOSE_BRACE) ? 'end' : 'pair';
  }

  /** One key and its value, or the head of its value where that is a list or the frames. */
  private readPair(): void {
    const { reader, draft } = this;
    const key = this.readKey();
    // Only a value that is wholly read changes the draft: the unit may be read again.
    let next: 'pair' | 'frame' | 'after' = 'pair';
    switch (key) {
      case 'frames':
        next = this.beginFrames();
        break;
      case 'raw':
        next = this.beginList(draft.hasStacks, () => {
          const elementOf = (low: number, high: number): number => draft.elementOf(low, high);
          this.list = new JsonIdRuns(reader, draft.beginStacks(reader.window.remaining), elementOf);
          this.endList = () => draft.endStacks();
        });
        break;
      case 'raw_lines':
        next = this.beginList(draft.hasLines, () => {
          this.list = new JsonLineRuns(reader, draft.beginLines());
          this.endList = () => draft.endLines();
        });
        break;
      case 'raw_sample_timestamps':
      case 'raw_timestamp_deltas':
        next = this.beginList(false, () => {
          const numbers = new JsonNumbers(reader);
          this.list = numbers;
          this.endList = () => {
            draft.timestamps = numbers.length;
          };
        });
        break;
      default:
        this.readHeader(key);
    }
    if (next === 'pair' && reader.closes(CLOSE_BRACE)) this.place = 'end';
    else this.place = next;
    draft.sawKey(key);
  }

  private readHeader(key: string): void {
    const { draft, reader } = this;
    switch (key) {
      case 'samples':
        draft.setCount('samples', reader.readNumber());
        break;
      case 'gc_samples':
        draft.setCount('gcSamples', reader.readNumber());
        break;
      case 'missed_samples':
        draft.setCount('missedSamples', reader.readNumber());
        break;
      case 'interval':
        draft.setCount('interval', reader.readNumber());
        break;
      case 'version':
        draft.version = reader.readNumber();
        break;
      case 'mode': {
        const mode = reader.readAny();
        draft.mode = typeof mode === 'string' ? mode : null;
        break;
      }
      case 'metadata': {
        const value = reader.readAny();
        if (typeof value !== 'object' || value === null || Array.isArray(value)) break;
        draft.metadata = Object.entries(value).map(([name, item]) => ({ key: name, value: displayJson(item) }));
        break;
      }
      default:
        reader.skipValue();
    }
  }

  /** A value that should be an array; any other, and an empty one, is skipped. */
  private beginList(isRepeated: boolean, begin: () => void): 'pair' | 'after' {
    const { reader } = this;
    if (reader.peek() !== OPEN_BRACKET) {
      reader.skipValue();
      return 'pair';
    }
    if (isRepeated) throw reader.failure('corrupt', 'A second list of stacks was found');
    reader.window.pos++;
    if (reader.isEmpty(CLOSE_BRACKET)) return 'pair';
    begin();
    return 'after';
  }

  private beginFrames(): 'pair' | 'frame' | 'after' {
    const { reader, draft } = this;
    if (reader.peek() !== OPEN_BRACE) {
      reader.skipValue();
      return 'pair';
    }
    if (draft.hasFrames) throw reader.failure('corrupt', 'A second table of frames was found');
    reader.window.pos++;
    if (!reader.isEmpty(CLOSE_BRACE)) return 'frame';
    draft.endFrames();
    return 'after';
  }

  private readFrame(): void {
    const { reader, draft } = this;
    draft.beginFrame();
    const id = this.readIdKey();
    if (reader.peek() !== OPEN_BRACE) throw reader.failure('corrupt', 'A frame that is not an object was found');
    const entry = this.readEntry();
    const isLast = reader.closes(CLOSE_BRACE);
    draft.addFrame(id, entry);
    if (!isLast) return;
    draft.endFrames();
    this.place = 'after';
  }

  private readEntry(): FrameEntry {
    const { reader } = this;
    let name = '';
    let file = '';
    let line: number | null = null;
    let samples: number | null = null;
    let totalSamples: number | null = null;
    let isMerged = false;
    this.eachPair(() => {
      switch (this.readKey()) {
        case 'name':
          name = this.readText();
          break;
        case 'file':
          file = this.readText();
          break;
        case 'line':
          line = reader.readNumber();
          break;
        case 'samples':
          samples = reader.readNumber();
          break;
        case 'total_samples':
          totalSamples = reader.readNumber();
          break;
        case 'lines':
          this.readLines();
          break;
        case 'edges':
          this.readEdges();
          break;
        case 'hash':
          reader.skipValue();
          isMerged = true;
          break;
        default:
          reader.skipValue();
      }
    });
    return { name, file, line, samples, totalSamples, isMerged };
  }

  /** Object line -> [total, self]; in StackProf's version 1.0 line -> self. */
  private readLines(): void {
    const { reader, draft } = this;
    this.eachPair(() => {
      const line = Number(this.readKey());
      if (reader.peek() !== OPEN_BRACKET) {
        const self = reader.readNumber() ?? Number.NaN;
        draft.addLine(line, self, self);
        return;
      }
      reader.window.pos++;
      const total = reader.readNumber() ?? Number.NaN;
      const isShort = reader.closes(CLOSE_BRACKET);
      const self = isShort ? Number.NaN : (reader.readNumber() ?? Number.NaN);
      if (isShort || !reader.closes(CLOSE_BRACKET))
        throw reader.failure('corrupt', 'A line without two figures was found');
      draft.addLine(line, total, self);
    });
  }

  private readEdges(): void {
    this.eachPair(() => {
      this.draft.addEdge(this.readIdKey(), this.reader.readNumber() ?? Number.NaN);
    });
  }

  /** Reads an object pair by pair; any other value is skipped. */
  private eachPair(read: () => void): void {
    const { reader } = this;
    if (reader.peek() !== OPEN_BRACE) {
      reader.skipValue();
      return;
    }
    reader.window.pos++;
    if (reader.isEmpty(CLOSE_BRACE)) return;
    do read();
    while (!reader.closes(CLOSE_BRACE));
  }

  private readKey(): string {
    const key = this.reader.readString();
    this.reader.expect(COLON, '":"');
    return key;
  }

  /** A string, or nothing for any other value. */
  private readText(): string {
    if (this.reader.peek() === 0x22) return this.reader.readString();
    this.reader.skipValue();
    return '';
  }

  private readIdKey(): IdIndex {
    const { reader, draft } = this;
    const { window } = reader;
    const start = window.pos;
    window.pos = reader.stringStart();
    if (reader.readDigits() && window.bytes[window.pos] === 0x22) {
      window.pos++;
      reader.expect(COLON, '":"');
      return draft.ids.intern(reader.low, reader.high);
    }
    window.pos = start;
    return draft.ids.internText(this.readKey());
  }
}

const MAX_DISPLAY_CHARS = 500;

function displayJson(value: unknown): string {
  const text = typeof value === 'string' ? value : jsonText(value);
  return text.length > MAX_DISPLAY_CHARS ? `${text.slice(0, MAX_DISPLAY_CHARS)}…` : text;
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // V8 reads deeper nesting than it writes.
    return '…';
  }
}
