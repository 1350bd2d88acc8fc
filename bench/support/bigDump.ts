import { closeSync, openSync, writeSync } from 'node:fs';
import { BigRecording, type RecordingSize } from './bigRecording';

/**
 * Writes a dump of the shape and size of a real one, without Ruby: 3,600 methods in 50 layers, stacks 42 deep on average,
 * 250,000 runs, 350,000 samples, ids of 9 bytes, about 100 MB. All figures in it agree with each other.
 */
export async function writeBigDump(path: string, size?: RecordingSize): Promise<void> {
  writeWith(path, new BigRecording(size), writeMarshal);
}

/** The same recording as `stackprof --json` writes it. */
export async function writeBigJson(path: string, size?: RecordingSize): Promise<void> {
  writeWith(path, new BigRecording(size), (recording, out) => {
    out.text(jsonHead(recording, 1));
    out.text(',"raw":[');
    jsonRuns(recording, out);
    out.text('],"raw_sample_timestamps":[');
    for (let sample = 0; sample < recording.samples; sample++) out.text(`${sample === 0 ? '' : ','}${clock(sample)}`);
    out.text(']}');
  });
}

/** The first part of the JSON, up to the end of the frames; `times`: how often the runs will be repeated. */
export function jsonHead(recording: BigRecording, times: number): string {
  const frames = recording.frames.map(({ id, name, file, line }, frame) => {
    const self = recording.self[frame]! * times;
    const total = recording.total[frame]! * times;
    const lines = self > 0 && line > 0 ? `,"lines":{"${line + 1}":[${total},${self}]}` : '';
    return `"${id}":{"name":"${name}","file":"${file}","line":${line || 'null'},"total_samples":${total},"samples":${self}${lines}}`;
  });
  const header = `"version":1.2,"mode":"object","interval":1,"samples":${recording.samples * times}`;
  return `{${header},"gc_samples":0,"missed_samples":0,"metadata":{},"frames":{${frames.join(',')}}`;
}

/** The runs, without a comma at either end. */
export function jsonRuns(recording: BigRecording, out: { text(text: string): void }): void {
  let separator = '';
  recording.eachRun((stack, length, count) => {
    let run = `${separator}${length}`;
    for (let depth = 0; depth < length; depth++) run += `,${recording.frames[stack[depth]!]!.id}`;
    out.text(`${run},${count}`);
    separator = ',';
  });
}

function writeMarshal(recording: BigRecording, out: FileWriter): void {
  const symbols = new Map<string, number>();
  const files = new Map<string, number>();
  let objects = 2;
  const symbol = (name: string): void => {
    const known = symbols.get(name);
    if (known === undefined) {
      symbols.set(name, symbols.size);
      out.text(':').long(name.length).text(name);
    } else out.text(';').long(known);
  };
  const pair = (name: string, value: number): void => {
    symbol(name);
    out.text('i').long(value);
  };
  out.bytes(4, 8).text('{').long(9);
  symbol('version');
  out.text('f').long(3).text('1.2');
  symbol('mode');
  symbol('object');
  pair('interval', 1);
  pair('samples', recording.samples);
  pair('gc_samples', 0);
  pair('missed_samples', 0);
  symbol('frames');
  out.text('{').long(recording.frames.length);
  objects++;
  recording.frames.forEach(({ id, name, file, line }, frame) => {
    const self = recording.self[frame]!;
    const hasLines = self > 0 && line > 0;
    out
      .id(id)
      .text('{')
      .long(hasLines ? 6 : 5);
    symbol('name');
    out.text('"').long(name.length).text(name);
    objects += 3;
    symbol('file');
    const known = files.get(file);
    if (known === undefined) {
      files.set(file, objects++);
      out.text('I"').long(file.length).text(file).long(1);
      symbol('E');
      out.text('T');
    } else out.text('@').long(known);
    symbol('line');
    if (line > 0) out.text('i').long(line);
    else out.text('0');
    pair('total_samples', recording.total[frame]!);
    pair('samples', self);
    if (!hasLines) return;
    symbol('lines');
    out
      .text('{')
      .long(1)
      .text('i')
      .long(line + 1)
      .text('[')
      .long(2)
      .text('i')
      .long(recording.total[frame]!)
      .text('i')
      .long(self);
    objects += 2;
  });
  symbol('raw');
  out.text('[').long(recording.rawLength);
  recording.eachRun((stack, length, count) => {
    out.text('i').long(length);
    for (let depth = 0; depth < length; depth++) out.id(recording.frames[stack[depth]!]!.id);
    out.text('i').long(count);
  });
  symbol('raw_sample_timestamps');
  out.text('[').long(recording.samples);
  for (let sample = 0; sample < recording.samples; sample++) out.id(clock(sample));
}

/** Microseconds of a clock that started long ago, as CLOCK_MONOTONIC. */
function clock(sample: number): number {
  return 3_000_000_000_000 + sample * 11;
}

function writeWith(
  path: string,
  recording: BigRecording,
  write: (recording: BigRecording, out: FileWriter) => void,
): void {
  const out = new FileWriter(path);
  write(recording, out);
  out.close();
}

/** Buffered bytes and Marshal's packed integers. */
class FileWriter {
  private readonly buffer = Buffer.alloc(1 << 20);
  private used = 0;
  private readonly file: number;

  constructor(path: string) {
    this.file = openSync(path, 'w');
  }

  bytes(...bytes: number[]): this {
    this.reserve(bytes.length);
    for (const byte of bytes) this.buffer[this.used++] = byte;
    return this;
  }

  text(text: string): this {
    this.reserve(text.length);
    if (text.length > this.buffer.length) writeSync(this.file, text);
    else this.used += this.buffer.write(text, this.used, 'latin1');
    return this;
  }

  long(value: number): this {
    if (value === 0) return this.bytes(0);
    if (value < 123) return this.bytes(value + 5);
    const bytes: number[] = [];
    for (let rest = value; rest > 0; rest >>= 8) bytes.push(rest & 0xff);
    return this.bytes(bytes.length, ...bytes);
  }

  /** An Integer of 3 words: `l + 08` and 6 bytes. */
  id(id: number): this {
    this.reserve(9);
    this.used = this.buffer.writeUInt8(0x6c, this.used);
    this.used = this.buffer.writeUInt8(0x2b, this.used);
    this.used = this.buffer.writeUInt8(8, this.used);
    this.used = this.buffer.writeUIntLE(id, this.used, 6);
    return this;
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private reserve(bytes: number): void {
    if (this.used + bytes > this.buffer.length) this.flush();
  }

  private flush(): void {
    writeSync(this.file, this.buffer, 0, this.used);
    this.used = 0;
  }
}
