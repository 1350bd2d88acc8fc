const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  EACCES: 'The file may not be read.',
  EPERM: 'The file may not be read.',
  EISDIR: 'This is a folder: name the files in it.',
};

/** Why a file could not be read, from what reading it threw: a sentence that does without the file's name. */
export function whyUnreadable(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return REASONS[code] ?? `The file could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
}
