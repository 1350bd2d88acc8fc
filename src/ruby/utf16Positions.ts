import type { TextPosition } from './textRange';

/**
 * From Prism's offsets, which count UTF-8 bytes of the whole text, to an editor's lines and UTF-16 units.
 *
 *     x = "😀é"        x at byte 0 and unit 0, the closing quote at byte 11 and unit 8
 *
 * Line starts are kept in both units; inside a line the text is counted on demand.
 */
export class Utf16Positions {
  /** Per line: byte and unit at which it starts. */
  private readonly bytes: number[] = [0];
  private readonly units: number[] = [0];

  constructor(private readonly text: string) {
    let bytes = 0;
    for (let unit = 0; unit < text.length; ) {
      const width = unitsAt(text, unit);
      bytes += bytesAt(text, unit);
      unit += width;
      if (text.charCodeAt(unit - 1) === 10) {
        this.bytes.push(bytes);
        this.units.push(unit);
      }
    }
  }

  positionAt(byte: number): TextPosition {
    const line = this.lineAt(byte);
    return { line, character: this.unitAt(byte) - this.units[line]! };
  }

  /** Offset in UTF-16 units. A byte inside of a character counts as its start. */
  unitAt(byte: number): number {
    const line = this.lineAt(byte);
    let at = this.bytes[line]!;
    let unit = this.units[line]!;
    while (unit < this.text.length) {
      const next = at + bytesAt(this.text, unit);
      if (next > byte) break;
      at = next;
      unit += unitsAt(this.text, unit);
    }
    return unit;
  }

  /** 0-based line of a byte. */
  lineAt(byte: number): number {
    let low = 0;
    let high = this.bytes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.bytes[middle]! <= byte) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function unitsAt(text: string, unit: number): number {
  return isPair(text, unit) ? 2 : 1;
}

function bytesAt(text: string, unit: number): number {
  const code = text.charCodeAt(unit);
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  // A lone surrogate is encoded as U+FFFD: three bytes.
  return isPair(text, unit) ? 4 : 3;
}

function isPair(text: string, unit: number): boolean {
  const code = text.charCodeAt(unit);
  if (code < 0xd800 || code > 0xdbff) return false;
  const next = text.charCodeAt(unit + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
