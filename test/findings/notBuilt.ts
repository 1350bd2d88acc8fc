/** Detectors of the catalogue that have no pattern yet. A pattern's author takes its id out; nobody adds one. */
export const notBuilt: ReadonlySet<string> = new Set([]);
