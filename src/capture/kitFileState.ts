/**
 * What is at the place of a file of the kit. absent: nothing. same: the file as this version writes it. changed: this version's, with
 * words of the user in it. older, newer: another version's. foreign: something that the kit did not write.
 */
export type KitFileState = 'absent' | 'same' | 'changed' | 'older' | 'newer' | 'foreign';

/** The second line of each file. */
const versionLine = /^# Allocation Hotspots capture kit, version (\d+)\r?$/m;

/** `version` is that of `wanted`. Line ends do not count: git may have changed them. */
export function kitFileState(text: string | null, wanted: string, version: number): KitFileState {
  if (text === null) return 'absent';
  if (withPlainLineEnds(text) === withPlainLineEnds(wanted)) return 'same';
  const written = versionLine.exec(text)?.[1];
  if (written === undefined) return 'foreign';
  const difference = Number(written) - version;
  return difference === 0 ? 'changed' : difference < 0 ? 'older' : 'newer';
}

function withPlainLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
