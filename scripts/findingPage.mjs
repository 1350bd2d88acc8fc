// A pattern's header comment and the pages made of it: docs/findings/ID.md and their index. Pure; findingDocs.mjs writes them.
//
//   /**
//    * What it is, in a paragraph or two.
//    *
//    * before:                      Ruby (or `before: LANGUAGE`), indented by four; with after: the pattern's test
//    *
//    *     rows.each { … }
//    *
//    * after:                       what the fix makes of it; for advice, one good hand-made version
//    * why:      (optional)         more than the explanation says: numbers, mechanics
//    * rewrite:  (optional)         more about the edit
//    * check:    (optional)         list of conditions
//    * advice:   (optional)         list of cases without an edit
//    * silent:   (optional)         list of cases without a finding
//    */

/** @typedef {import('../src/ruby/pattern').Cause} Pattern */
/** @typedef {Record<'what' | 'before' | 'after' | 'why' | 'rewrite' | 'check' | 'advice' | 'silent' | 'language', string>} Header */

const sections = /** @type {const} */ (['before', 'after', 'why', 'rewrite', 'check', 'advice', 'silent']);

/** `keys-each` -> `keysEach`: the pattern's file and constant. @param {string} id */
export const patternName = (id) => id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** The file that says what a cause is, in the repository. @param {Pattern} cause */
export const causeFile = (cause) =>
  `${'match' in cause ? 'src/ruby/patterns' : 'src/findings/configuration'}/${patternName(cause.id)}.ts`;

/** The parts of the header comment of a cause's file; missing ones are ''. @param {string} source @returns {Header} */
export function patternHeader(source) {
  const comment =
    /\/\*\*\n((?: \*.*\n)+?) \*\/\nexport const \w+(?:: Cause = |(?: =\s+definePattern))/.exec(source)?.[1] ?? '';
  /** @type {Header} */
  const header = {
    what: '',
    before: '',
    after: '',
    why: '',
    rewrite: '',
    check: '',
    advice: '',
    silent: '',
    language: 'ruby',
  };
  /** @type {keyof Header} */
  let part = 'what';
  for (const line of comment.split('\n').map((text) => text.replace(/^ \* ?/, ''))) {
    const [, name, language] = /^(\w+):(?: (\w+))?$/.exec(line) ?? [];
    const next = sections.find((section) => section === name);
    if (next === undefined) header[part] += `${line}\n`;
    else part = next;
    if (next !== undefined && language !== undefined) header.language = language;
  }
  for (const name of /** @type {(keyof Header)[]} */ (Object.keys(header)))
    header[name] = header[name].replace(/^\n+|\s+$/g, '');
  return { ...header, before: unindented(header.before), after: unindented(header.after) };
}

/** @param {Pattern} pattern @param {Header} header */
export function findingPage(pattern, header) {
  const { id, title, explanation, gain, links } = pattern;
  return [
    `# ${id}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    `<!-- Written by scripts/findingDocs.mjs from ${causeFile(pattern)}. -->`,
    facts(pattern),
    '## What',
    header.what,
    code(header.before, header.language),
    '## Why',
    explanation,
    gains[gain],
    pattern.gainOn === null ? '' : `On Ruby ${range(pattern.gainOn.ruby)}: ${lowerFirst(gains[pattern.gainOn.gain])}`,
    header.why,
    pattern.safety === 'advice' ? '## What to write instead' : '## The rewrite',
    code(header.after, header.language),
    header.rewrite,
    ...titled('## Check before you apply it', header.check),
    ...titled('## When there is only advice', header.advice),
    '## When there is no finding',
    [...silences(pattern), header.silent].filter((text) => text !== '').join('\n'),
    ...titled('## Further reading', links.map((link) => `- <${link}>`).join('\n')),
  ]
    .filter((text) => text !== '')
    .join('\n\n')
    .concat('\n');
}

/** docs/findings/README.md. @param {readonly Pattern[]} patterns */
export function findingIndex(patterns) {
  const parts = Object.entries(sectionTitles).flatMap(([section, title]) => {
    const rows = patterns
      .filter((pattern) => pattern.section === section)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, title: what, gain, safety, severity }) => [`[${id}](${id}.md)`, what, gain, safety, severity]);
    return rows.length === 0
      ? []
      : [`## ${title}`, table(['finding', 'what', 'gain', 'best class', 'severity up to'], rows)];
  });
  return [
    '# Findings',
    '<!-- Written by scripts/findingDocs.mjs from src/findings/causes.ts. -->',
    'Places in Ruby code that a profile shows to allocate and that have a known cause. Nothing is reported because of its text ' +
      'alone: the line must carry enough of the profile, and the frames under it must prove what the text cannot say.',
    '- **safe**: same result for whatever reaches the line. **review**: an edit with a condition to check. **advice**: no edit.\n' +
      `- ${Object.entries(gains)
        .map(([gain, text]) => `**${gain}**: ${lowerFirst(text)}`)
        .join('\n- ')}`,
    ...parts,
  ]
    .join('\n\n')
    .concat('\n');
}

/** @type {Record<string, string>} */
const sectionTitles = { 'active-record': 'Active Record and Rails', ruby: 'Ruby', job: 'Jobs and configuration' };

/** @type {Record<import('../src/ruby/pattern').Gain, string>} */
const gains = {
  objects: 'The number of allocated objects falls; a new profile shows it.',
  bytes:
    'The number of objects stays about the same, but fewer or smaller large ones are made: a new allocation profile does not ' +
    'show the gain, the memory of the process does.',
  peak:
    'The number of objects stays about the same, but fewer are alive at the same time: a new allocation profile does not show ' +
    'the gain, the memory of the process does.',
  none: 'Nothing that the code allocates: configuration. A new allocation profile does not show it.',
};

/** @param {Pattern} pattern */
function facts({ safety, gain, severity, ruby: rubies, rails }) {
  return [
    `**Class:** ${safety === 'safe' ? 'safe at best' : safety}.`,
    `**Gain:** ${{ objects: 'fewer objects', bytes: 'fewer bytes, not fewer objects', peak: 'peak memory, not the number of objects', none: 'no fewer objects' }[gain]}.`,
    `**Severity:** up to ${severity}.`,
    rubies === null ? '' : `**Ruby:** ${range(rubies)}.`,
    rails === null ? '' : `**Rails:** ${range(rails)}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** What the pattern's data says. @param {Pattern} pattern */
function silences({ heat, perRow, witnesses }) {
  const demanded = witnesses.filter(({ missing }) => missing === 'silent' || missing === 'mandatory');
  const weaker = witnesses.filter(({ missing }) => missing === 'review' || missing === 'advice');
  return [
    heat === 'line'
      ? '- The line carries less of the profile than `allocationHotspots.hotLineThreshold` asks for.'
      : '',
    perRow ? '- The line runs once: it stands in no loop, and the profile shows no iterator above it.' : '',
    ...demanded.map(({ proves }) => `- The profile does not show ${proves}.`),
    ...weaker.map(({ proves, missing }) => `- (Only ${missing}, where the profile does not show ${proves}.)`),
  ].filter((text) => text !== '');
}

/** @param {import('../src/ruby/versions').VersionRange} range */
function range({ from, before }) {
  if (from !== undefined && before !== undefined) return `${from} and newer, older than ${before}`;
  return from === undefined ? `older than ${before}` : `${from} and newer`;
}

/** @param {string} title @param {string} text */
function titled(title, text) {
  return text === '' ? [] : [title, text];
}

/** @param {string} text @param {string} language */
function code(text, language) {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** @param {string} text */
function unindented(text) {
  return text.replace(/^ {4}/gm, '');
}

/** @param {string} text */
function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** @param {string[]} heads @param {string[][]} rows */
function table(heads, rows) {
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
