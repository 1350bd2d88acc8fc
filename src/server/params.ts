/** Reading what arrives from the other side, which may be anything. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';

/** The value of a key; undefined for what is no object. */
export function field(params: unknown, key: string): unknown {
  return typeof params === 'object' && params !== null ? Reflect.get(params, key) : undefined;
}

/** Refuses a question by the key that is wrong. */
export function refused(key: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, `The question's "${key}" is missing or not what it should be.`);
}
