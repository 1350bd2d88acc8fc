/** Entry of the server's worker thread: speaks over the port it was started with; the bundle is in `dist/`, with `prism.wasm`. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { gzip } from 'node:zlib';
import { PortMessageReader, PortMessageWriter } from 'vscode-languageserver-protocol/node';
import { logChunks } from '../host/logChunks';
import { fileSource, gunzipSource, sizeOf } from '../host/nodeByteSource';
import { nodeFileSystem } from '../host/nodeFileSystem';
import { connect } from './connect';
import type { Host } from './host';
import { startServer } from './startServer';

/** Half of what a 64-bit VS Code extension host usually survives; several 100 MB dumps fit. */
const COLUMN_BUDGET_BYTES = 2 * 1024 ** 3;

if (parentPort !== null) {
  // Leaving the thread, not the process: in a worker `process.exit` ends the worker only.
  const connection = connect(new PortMessageReader(parentPort), new PortMessageWriter(parentPort), (code) =>
    process.exit(code),
  );
  startServer(connection, nodeHost());
}

function nodeHost(): Host {
  return {
    openBytes: (uri) => fileSource(fileURLToPath(uri)),
    gunzip: gunzipSource,
    gzip: async (bytes) => new Uint8Array(await promisify(gzip)(bytes)),
    readLog: (uri) => {
      const path = fileURLToPath(uri);
      return { totalBytes: path.endsWith('.gz') ? null : sizeOf(path), chunks: logChunks(path) };
    },
    files: nodeFileSystem(),
    prismWasm: () => readFile(join(__dirname, 'prism.wasm')),
    findingPage: (id) => pathToFileURL(join(__dirname, '..', 'docs', 'findings', `${id}.md`)).href,
    kitFile: (path) => readFile(join(__dirname, '..', 'kit', path), 'utf8'),
    toPath,
    toUri: (path) => pathToFileURL(path).href,
    home: homedir().replaceAll('\\', '/'),
    columnBudgetBytes: COLUMN_BUDGET_BYTES,
  };
}

function toPath(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri).replaceAll('\\', '/');
  } catch {
    return null; // A file URI without a local path: another host, or an encoded slash.
  }
}
