/** Where a command writes and what it may assume about the other side. */
export interface Terminal {
  /** Absolute path that relative arguments start from. */
  readonly folder: string;
  /** Columns of the terminal, or of a page when there is none. */
  readonly columns: number;
  readonly colour: boolean;
  /** Whether what is written is read by a person on a screen. */
  readonly isScreen: boolean;
  write(text: string): void;
  /** The same for bytes; done when there is room for more. */
  writeBytes(bytes: Uint8Array): Promise<void>;
  writeError(text: string): void;
}

/** Escape sequences that a terminal with colour understands; the text itself otherwise. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  warning(text: string): string;
}

export function styleOf(terminal: Terminal): Style {
  const paint = (code: number) => (text: string) => (terminal.colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), dim: paint(2), warning: paint(33) };
}

/**
 * A name from a file made safe to print: control characters and those that turn the direction of text (a profile may come
 * from anywhere) read as escapes, `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Tables are set for this many columns: the terminal's, within what can be read. */
export function pageWidth({ columns }: Terminal): number {
  return Math.min(120, Math.max(80, columns));
}
