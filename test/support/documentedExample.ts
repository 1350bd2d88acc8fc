import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Example {
  readonly before: string;
  readonly after: string;
}

/** The `before:` and `after:` text in the header comment of `src/ruby/patterns/NAME.ts`. */
export function documentedExample(name: string): Example {
  const source = readFileSync(path.resolve(__dirname, `../../src/ruby/patterns/${name}.ts`), 'utf8');
  const header = /\/\*\*\n([\s\S]*?)\*\/\nexport const/.exec(source)?.[1] ?? '';
  const lines = header.split('\n').map((line) => line.replace(/^ \* ?/, ''));
  const block = (title: string): string => {
    const below = lines.slice(lines.indexOf(`${title}:`) + 1);
    const end = below.findIndex((line) => !isExample(line));
    return below
      .slice(0, end < 0 ? below.length : end)
      .map((line) => line.slice(4))
      .join('\n')
      .trim();
  };
  return { before: block('before'), after: block('after') };
}

/** The first two Ruby blocks of `docs/findings/ID.md`. */
export function pageExample(id: string): Example {
  const page = readFileSync(path.resolve(__dirname, `../../docs/findings/${id}.md`), 'utf8');
  const [before = '', after = ''] = [...page.matchAll(/```ruby\n([\s\S]*?)\n```/g)].map((match) => match[1]!);
  return { before, after };
}

function isExample(line: string): boolean {
  return line.trim() === '' || line.startsWith('    ');
}
