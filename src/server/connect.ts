import {
  type Connection,
  createConnection,
  createProtocolConnection,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver';

/**
 * A language-server connection over any transport, without the watchdog of `vscode-languageserver/node`: that one polls
 * the client's process every 3 seconds, and our client is the process we live in.
 */
export function connect(reader: MessageReader, writer: MessageWriter, exit: (code: number) => void): Connection {
  return createConnection((logger) => createProtocolConnection(reader, writer, logger), {
    shutdownReceived: false,
    initialize: () => {},
    exit,
  });
}
