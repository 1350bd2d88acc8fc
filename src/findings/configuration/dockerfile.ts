import { SETTING, type StartPlace, setsAllocator, startedBy, VALUE } from './startPlace';
import { insertBelow, linesOf, newlineOf, rangeOfLine } from './textLines';

/** Where the final stage of a Dockerfile starts the application; null when it runs no Ruby. */
export function dockerfileStart(text: string): StartPlace | null {
  const lines = linesOf(text);
  const stages = stagesOf(instructionsOf(lines));
  const final = stages.at(-1);
  if (final === undefined) return null;
  const chain = ancestryOf(final, stages);
  const image = chain.at(-1)!.image;
  const all = chain.flatMap(({ instructions }) => instructions).map(({ name, value }) => `${name} ${value}`);
  const inherited = all.join('\n');
  if (!/\b(?:ruby|bundle|rails|puma|sidekiq)\b/.test(`${image}\n${inherited}`)) return null;
  const command =
    final.instructions.findLast(({ name }) => name === 'CMD') ??
    final.instructions.findLast(({ name }) => name === 'ENTRYPOINT') ??
    final.from;
  const title = `Set ${SETTING}=${VALUE} in the final stage`;
  const edits = [insertBelow(lines, final.from.end, [`ENV ${SETTING}=${VALUE}`], newlineOf(text))];
  return {
    range: rangeOfLine(lines, command.line),
    runs: startedBy(command.value) ?? 'server',
    // Alpine's musl has no arenas.
    isSet: /alpine|musl|jemalloc|malloctrim/.test(image) || setsAllocator(inherited),
    fix: { title, edits },
    note: /libjemalloc/.test(inherited) ? 'libjemalloc is installed, but no LD_PRELOAD here loads it.' : null,
  };
}

interface Instruction {
  readonly name: string;
  /** Continued lines joined by spaces. */
  readonly value: string;
  /** First and last line, 0-based. */
  readonly line: number;
  readonly end: number;
}

interface Stage {
  readonly from: Instruction;
  readonly image: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/** Comments between continued lines are left out, and so is the text of heredocs. */
function instructionsOf(lines: readonly string[]): Instruction[] {
  const found: Instruction[] = [];
  const escapes = /^#\s*escape\s*=\s*`/im.test(lines.slice(0, 3).join('\n')) ? '`' : '\\';
  for (let line = 0; line < lines.length; line++) {
    const [, name, rest] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(lines[line]!) ?? [];
    if (name === undefined || rest === undefined) continue;
    const first = line;
    const parts = [rest.trimEnd()];
    while (parts.at(-1)!.endsWith(escapes) && line + 1 < lines.length) {
      line++;
      if (!/^\s*(?:#|$)/.test(lines[line]!)) parts.push(lines[line]!.trim());
    }
    const value = parts.map((part) => (part.endsWith(escapes) ? part.slice(0, -1) : part)).join(' ');
    for (const [, dash, delimiter] of value.matchAll(/<<(-?)["']?(\w+)["']?/g)) {
      const isEnd = (text: string): boolean => (dash === '-' ? text.replace(/^\t+/, '') : text) === delimiter;
      while (line + 1 < lines.length && !isEnd(lines[line + 1]!)) line++;
      line++;
    }
    found.push({ name: name.toUpperCase(), value, line: first, end: Math.min(line, lines.length - 1) });
  }
  return found;
}

function stagesOf(instructions: readonly Instruction[]): Stage[] {
  const defaults = new Map<string, string>();
  const stages: Array<Stage & { instructions: Instruction[] }> = [];
  for (const instruction of instructions) {
    const { name, value } = instruction;
    if (name === 'FROM') {
      const [image = '', , stage] = value.replace(/^(?:--\S+\s+)+/, '').split(/\s+/);
      const resolved = image.replace(/\$\{?(\w+)(?::?-([^}]*))?\}?/g, (_, key: string, otherwise?: string) => {
        return defaults.get(key) ?? otherwise ?? '';
      });
      stages.push({ from: instruction, image: resolved, name: stage?.toLowerCase() ?? null, instructions: [] });
    } else if (stages.length === 0) {
      const [, key, preset] = name === 'ARG' ? (/^(\w+)=["']?([^"'\s]*)/.exec(value) ?? []) : [];
      if (key !== undefined && preset !== undefined) defaults.set(key, preset);
    } else stages.at(-1)!.instructions.push(instruction);
  }
  return stages;
}

/** The stage, then those it is built on, to the one with an image from elsewhere. */
function ancestryOf(stage: Stage, stages: readonly Stage[]): readonly Stage[] {
  const chain = [stage];
  for (let at = stages.indexOf(stage) - 1; at >= 0; at--) {
    if (stages[at]!.name !== null && stages[at]!.name === chain.at(-1)!.image.toLowerCase()) chain.push(stages[at]!);
  }
  return chain;
}
