import { randomSource } from '../../test/support/randomSource';

export interface RecordingSize {
  readonly requests: number;
  /** Another number makes the requests of the same program take other ways. */
  readonly walk?: number;
}

interface Frame {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

const LAYERS = 50;
const METHODS_PER_LAYER = 72;
const NEXT = 3;
/** One method in four calls the next one from a block. */
const BLOCK_SHARE = 0.25;
const LEAVES = ['Class#new', 'Integer#to_s', 'Array#map', 'Hash#merge', 'String#+', 'Kernel#dup'];
const ROOTS = ['<main>', 'StackProf.run', 'block in <main>', 'Object#serve', 'Integer#times'];

/**
 * What StackProf would record of a program like a deep web application: each request goes down 50 layers, each layer
 * allocates in itself or in a C function and calls one of three methods below. Made anew at each pass, never kept.
 */
export class BigRecording {
  readonly frames: readonly Frame[];
  readonly self: Float64Array;
  readonly total: Float64Array;
  samples = 0;
  /** Integers in `raw`. */
  rawLength = 0;
  private readonly next: Int32Array;
  private readonly usesBlock: Uint8Array;

  constructor(private readonly size: RecordingSize = { requests: 4_600 }) {
    const random = randomSource(42);
    const methods = LAYERS * METHODS_PER_LAYER;
    this.frames = makeFrames(methods);
    this.next = Int32Array.from({ length: methods * NEXT }, () => Math.floor(random() * METHODS_PER_LAYER));
    this.usesBlock = Uint8Array.from({ length: methods }, () => (random() < BLOCK_SHARE ? 1 : 0));
    this.self = new Float64Array(this.frames.length);
    this.total = new Float64Array(this.frames.length);
    const seenIn = new Int32Array(this.frames.length).fill(-1);
    let run = 0;
    this.eachRun((stack, length, count) => {
      this.samples += count;
      this.rawLength += length + 2;
      this.self[stack[length - 1]!]! += count;
      for (let depth = 0; depth < length; depth++) {
        const frame = stack[depth]!;
        if (seenIn[frame] !== run) this.total[frame]! += count;
        seenIn[frame] = run;
      }
      run++;
    });
  }

  /** Calls back with each run: frame indices root first (valid until the next call), their number, the samples. */
  eachRun(visit: (stack: Int32Array, length: number, count: number) => void): void {
    const random = randomSource(this.size.walk ?? 7);
    const methods = LAYERS * METHODS_PER_LAYER;
    const stack = new Int32Array(ROOTS.length + LAYERS * 3 + 1);
    const times = methods + LEAVES.length + ROOTS.indexOf('Integer#times');
    for (let root = 0; root < ROOTS.length; root++) stack[root] = methods + LEAVES.length + root;
    for (let request = 0; request < this.size.requests; request++) {
      let length = ROOTS.length;
      let inLayer = request % METHODS_PER_LAYER;
      for (let layer = 0; layer < LAYERS; layer++) {
        const method = layer * METHODS_PER_LAYER + inLayer;
        stack[length++] = method;
        const choice = random();
        // Every other allocation happens in a C function that the method calls.
        if (choice < 0.5) {
          stack[length] = methods + Math.floor(choice * 2 * LEAVES.length);
          visit(stack, length + 1, 1 + Math.floor(random() * 1.4));
        } else {
          visit(stack, length, 1 + Math.floor(random() * 1.4));
        }
        if (random() < 0.1) visit(stack, length, 1);
        if (this.usesBlock[method] === 1) {
          stack[length++] = times;
          stack[length++] = method;
        }
        inLayer = this.next[method * NEXT + Math.floor(random() * NEXT)]!;
      }
    }
  }
}

function makeFrames(methods: number): Frame[] {
  const frames: Frame[] = [];
  const add = (name: string, file: string, line: number): void => {
    frames.push({ id: 0x7f3c_5a00_0000 + frames.length * 40, name, file, line });
  };
  for (let method = 0; method < methods; method++) {
    const layer = Math.floor(method / METHODS_PER_LAYER);
    const inLayer = method % METHODS_PER_LAYER;
    const file = `/srv/app/current/app/services/layer_${layer}/service_object_${layer}.rb`;
    add(`Layer${layer}#handle_request_${inLayer}`, file, 2 + inLayer * 9);
  }
  for (const name of LEAVES) add(name, '<cfunc>', 0);
  for (const name of ROOTS) add(name, name.startsWith('<') ? 'bin/serve' : '<cfunc>', 0);
  return frames;
}
