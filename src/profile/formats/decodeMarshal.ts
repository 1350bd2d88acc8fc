import type { ByteWindow } from './byteWindow';
import { DecodeFailure } from './decodeFailure';
import type { IdIndex } from './frameIds';
import { MarshalReader } from './marshalReader';
import { MarshalIdRuns, MarshalLineRuns, MarshalNumbers } from './marshalRuns';
import { displayRuby } from './rubyValue';
import type { FrameEntry, StackprofDraft } from './stackprofDraft';

/** A list that is read in pieces. */
interface ListScan {
  /** False: more bytes are needed. */
  scan(): boolean;
}

/**
 * Reads a StackProf results hash from Ruby Marshal into a draft. `step` reads as far as the window goes; small values are
 * read as a unit and read again when the window ends inside one, the long lists keep their state.
 */
export class MarshalDecoder {
  private readonly reader: MarshalReader;
  private started = false;
  private isDone = false;
  private pairsLeft = 0;
  private framesLeft = 0;
  private framesHaveDefault = false;
  /** Values after the hash's pairs: its default, instance variables. */
  private hasDefault = false;
  private hasVariables = false;
  private list: ListScan | null = null;
  private endList: () => void = () => {};

  constructor(
    window: ByteWindow,
    private readonly draft: StackprofDraft,
  ) {
    this.reader = new MarshalReader(window);
  }

  /** True when the hash was read to its end; false when the window must be filled. */
  step(): boolean {
    for (;;) {
      if (this.list !== null) {
        if (!this.list.scan()) return false;
        this.list = null;
        this.endList();
        continue;
      }
      if (this.isDone) return true;
      if (!this.reader.attempt(this.readUnit)) return false;
    }
  }

  private readonly readUnit = (): void => {
    if (!this.started) this.readStart();
    else if (this.framesLeft > 0) this.readFrame();
    else if (this.pairsLeft > 0) this.readPair();
    else this.readEnd();
  };

  private readStart(): void {
    const { reader } = this;
    reader.readByte();
    reader.readByte();
    let type = reader.readByte();
    const hasVariables = type === 0x49;
    if (hasVariables) type = reader.readByte();
    while (type === 0x43 || type === 0x65) {
      reader.readSymbol();
      type = reader.readByte();
    }
    if (type !== 0x7b && type !== 0x7d) {
      throw new DecodeFailure(
        'not-a-profile',
        `This is a Ruby Marshal file, but it holds ${MARSHAL_TYPES.get(type) ?? 'something'}, not a StackProf profile.`,
        reader.window.offset - 1,
      );
    }
    reader.countObject();
    this.pairsLeft = reader.readCount(2);
    this.hasDefault = type === 0x7d;
    this.hasVariables = hasVariables;
    this.started = true;
  }

  private readEnd(): void {
    if (this.hasDefault) this.reader.readValue();
    for (let left = this.hasVariables ? this.reader.readCount(3) : 0; left > 0; left--) {
      this.reader.readSymbol();
      this.reader.readValue();
    }
    this.isDone = true;
  }

  /** One key of the results hash and its value, or the head of its value where that is a list or the frames. */
  private readPair(): void {
    const { reader, draft } = this;
    const key = reader.readName();
    switch (key) {
      case 'frames':
        this.beginFrames();
        break;
      case 'raw':
        this.beginList(draft.hasStacks, (length) => {
          const elementOf = (low: number, high: number): number => draft.elementOf(low, high);
          this.list = new MarshalIdRuns(reader, draft.beginStacks(reader.window.remaining), length, elementOf);
          this.endList = () => draft.endStacks();
        });
        break;
      case 'raw_lines':
        this.beginList(draft.hasLines, (length) => {
          this.list = new MarshalLineRuns(reader, draft.beginLines(), length);
          this.endList = () => draft.endLines();
        });
        break;
      case 'raw_sample_timestamps':
      case 'raw_timestamp_deltas':
        this.beginList(false, (length) => {
          this.list = new MarshalNumbers(reader, length);
          this.endList = () => {
            draft.timestamps = length;
          };
        });
        break;
      default:
        this.readHeader(key);
    }
    draft.sawKey(key);
    this.pairsLeft--;
  }

  private readHeader(key: string | null): void {
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
      case 'mode':
        draft.mode = reader.readName();
        break;
      case 'metadata': {
        const value = reader.readValue();
        if (typeof value !== 'object' || value?.type !== 'hash') break;
        draft.metadata = value.pairs.map((pair) => ({ key: displayRuby(pair[0]), value: displayRuby(pair[1]) }));
        break;
      }
      default:
        reader.readValue();
    }
  }

  /** A value that should be an array; any other is skipped. */
  private beginList(isRepeated: boolean, begin: (length: number) => void): void {
    const { reader } = this;
    if (reader.peekByte() !== 0x5b) {
      reader.readValue();
      return;
    }
    reader.readByte();
    const length = reader.readLong();
    if (isRepeated || length < 0) throw reader.failure('corrupt', 'A list of stacks that cannot be right was found');
    reader.countObject();
    if (length > 0) begin(length);
  }

  private beginFrames(): void {
    const { reader, draft } = this;
    const type = reader.peekByte();
    if (type !== 0x7b && type !== 0x7d) {
      reader.readValue();
      return;
    }
    reader.readByte();
    const count = reader.readCount(4);
    if (draft.hasFrames) throw reader.failure('corrupt', 'A second table of frames was found');
    reader.countObject();
    this.framesLeft = count;
    this.framesHaveDefault = type === 0x7d;
    if (count === 0) draft.endFrames();
  }

  private readFrame(): void {
    const { reader, draft } = this;
    draft.beginFrame();
    const id = this.readId();
    const type = reader.readByte();
    if (type !== 0x7b && type !== 0x7d) throw reader.failure('corrupt', 'A frame that is not a hash was found');
    reader.countObject();
    const entry = this.readEntry();
    if (type === 0x7d) reader.readValue();
    const isLast = this.framesLeft === 1;
    if (isLast && this.framesHaveDefault) reader.readValue();
    draft.addFrame(id, entry);
    this.framesLeft--;
    if (isLast) draft.endFrames();
  }

  private readEntry(): FrameEntry {
    const { reader } = this;
    let name = '';
    let file = '';
    let line: number | null = null;
    let samples: number | null = null;
    let totalSamples: number | null = null;
    let isMerged = false;
    for (let left = reader.readCount(2); left > 0; left--) {
      switch (reader.readName()) {
        case 'name':
          name = reader.readName() ?? '';
          break;
        case 'file':
          file = reader.readName() ?? '';
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
          reader.readValue();
          isMerged = true;
          break;
        default:
          reader.readValue();
      }
    }
    return { name, file, line, samples, totalSamples, isMerged };
  }

  /** Hash line -> [total, self]; in StackProf's version 1.0 line -> self. */
  private readLines(): void {
    const { reader, draft } = this;
    for (let left = this.hashLength(); left > 0; left--) {
      const line = reader.tryInteger() ? reader.integer : this.readKeyNumber();
      if (reader.peekByte() !== 0x5b) {
        const self = this.readFigure();
        draft.addLine(line, self, self);
        continue;
      }
      reader.readByte();
      reader.countObject();
      const length = reader.readCount(1);
      if (length !== 2) throw reader.failure('corrupt', `A line with ${length} figures was found`);
      draft.addLine(line, this.readFigure(), this.readFigure());
    }
  }

  private readEdges(): void {
    for (let left = this.hashLength(); left > 0; left--) this.draft.addEdge(this.readId(), this.readFigure());
  }

  private readFigure(): number {
    return this.reader.tryInteger() ? this.reader.integer : (this.reader.readNumber() ?? Number.NaN);
  }

  /** Pairs of a hash that begins here; 0 for any other value, which is skipped. */
  private hashLength(): number {
    const { reader } = this;
    if (reader.peekByte() !== 0x7b) {
      reader.readValue();
      return 0;
    }
    reader.readByte();
    reader.countObject();
    return reader.readCount(2);
  }

  /** An integer as text (a hash that was JSON once). */
  private readKeyNumber(): number {
    return Number(this.reader.readName() ?? Number.NaN);
  }

  private readId(): IdIndex {
    const { reader, draft } = this;
    if (reader.tryInteger()) return draft.ids.intern(reader.low, reader.high);
    const text = reader.readName();
    if (text === null) throw reader.failure('corrupt', 'A frame id that is neither a number nor text was found');
    return draft.ids.internText(text);
  }
}

const MARSHAL_TYPES = new Map([
  [0x30, 'nil'],
  [0x54, 'true'],
  [0x46, 'false'],
  [0x69, 'an integer'],
  [0x6c, 'an integer'],
  [0x66, 'a float'],
  [0x22, 'a string'],
  [0x2f, 'a regular expression'],
  [0x3a, 'a symbol'],
  [0x5b, 'an array'],
  [0x6f, 'an object'],
  [0x53, 'a struct'],
  [0x55, 'an object'],
  [0x75, 'an object'],
  [0x63, 'a class'],
  [0x6d, 'a module'],
  [0x40, 'a reference'],
]);
