/** `line_items` -> `line_item`. Rails' rules for the common endings; irregular nouns where they are frequent. */
export function singular(word: string): string {
  const irregular = irregularPlurals.find(([, plural]) => endsWithWord(word, plural));
  if (irregular) return word.slice(0, -irregular[1].length) + irregular[0];
  if (isUncountable(word) || /(?:ss|us|is)$/.test(word)) return word;
  if (/(?:ss|x|ch|sh|status|alias|bus|virus|campus)es$/.test(word)) return word.slice(0, -2);
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** `line_item` -> `line_items`. */
export function plural(word: string): string {
  const irregular = irregularPlurals.find(([one]) => endsWithWord(word, one));
  if (irregular) return word.slice(0, -irregular[0].length) + irregular[1];
  if (isUncountable(word)) return word;
  if (/(?:[sxz]|ch|sh)$/.test(word)) return `${word}es`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

/** `LineItem` -> `line_item`, `Billing::Invoice` -> `billing/invoice`. */
export function underscore(name: string): string {
  return name
    .replace(/^::/, '')
    .replace(/::/g, '/')
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** `line_item` -> `LineItem`. */
export function camelize(word: string): string {
  return word.replace(/(?:^|_)([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

function endsWithWord(word: string, noun: string): boolean {
  return word === noun || word.endsWith(`_${noun}`);
}

function isUncountable(word: string): boolean {
  return uncountable.some((noun) => endsWithWord(word, noun));
}

const irregularPlurals: ReadonlyArray<readonly [string, string]> = [
  ['person', 'people'],
  ['child', 'children'],
  ['woman', 'women'],
  ['man', 'men'],
  ['datum', 'data'],
  ['medium', 'media'],
  ['analysis', 'analyses'],
  ['index', 'indices'],
  ['movie', 'movies'],
  ['cache', 'caches'],
  ['quiz', 'quizzes'],
];

const uncountable = ['news', 'series', 'species', 'equipment', 'information', 'sheep', 'fish', 'money'];
