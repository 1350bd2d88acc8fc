import type { DecodeErrorReason } from '../problem';

/**
 * How the readers of this folder leave a file they cannot read further. `decodeProfile` catches it and answers with a
 * `DecodeError`, or with a partial profile; it never leaves the folder.
 */
export class DecodeFailure extends Error {
  constructor(
    readonly reason: DecodeErrorReason,
    message: string,
    /** Byte offset in the uncompressed input. */
    readonly offset: number | null,
  ) {
    super(message);
  }
}

/** Thrown inside a unit of reading that ran out of buffered bytes; the unit is read again when there are more. */
export const NEED_MORE = Symbol('more bytes');
