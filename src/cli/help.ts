/** What `--help` prints; docs/cli.md says the same at length. */
export const HELP = `Usage: allocation-hotspots COMMAND PROFILE... [OPTIONS]

Says which lines of a Ruby application allocate, from StackProf profiles
(.dump or --json, gzipped or not).

Commands:
  report PROFILE...              the profile: warnings, hot lines, methods
  lines PROFILE... --file PATH   one file, line by line

Options:
  --root DIR          folder of the application (default: the current folder)
  --path-map FROM=TO  where a recorded folder is on this disk; may be repeated
  --lens LENS         whom an allocation is charged to:
                        mine      the deepest line of the application (default)
                        caller    the nearest line of Ruby
                        recorded  the very method, as StackProf shows it
  --top N             rows to show (default: text 20 lines and 10 methods,
                      json everything)
  --format text|json  json is stable: see docs/cli.md
  -h, --help          this text
  -V, --version       the version

Exit codes: 0 fine, 2 wrong usage, 3 a profile could not be read.
`;
