/** What `--help` prints; docs/cli.md says the same at length. */
export const HELP = `Usage: allocation-hotspots COMMAND FILE... [OPTIONS]

Says which lines of a Ruby application allocate, from StackProf profiles
(.dump or --json, gzipped or not).

Commands:
  report PROFILE...              warnings, hot lines, methods, findings;
                                 several profiles are added up
  lines PROFILE... --file PATH   one file, line by line
  diff BEFORE AFTER              what changed from one profile to another
  suggest FILE...                known causes of allocation in Ruby files,
                                 and the edits that remove them
  check PROFILE...               holds a profile against a budget file
  convert PROFILE... --to FORMAT writes it as folded stacks, speedscope, pprof,
                                 csv, or a picture (svg)
  jobs LOG...                    what worker logs say of memory: leak, bloat
                                 or steady, by process and job class (- reads
                                 standard input)

Options:
  --root DIR          folder of the application (default: the current folder)
  --path-map FROM=TO  where a recorded folder is on this disk; may be repeated
  --lens LENS         whom an allocation is charged to:
                        mine      the deepest line of the application (default)
                        caller    the nearest line of Ruby
                        recorded  the very method, as StackProf shows it
  --top N             rows to show (default: text 20 lines and 10 methods,
                      json everything)
  --format FORMAT     text, json (stable: see docs/cli.md), for suggest and
                      check sarif, for diff markdown

Options of diff (and all above):
  --normalize         as if both had allocated as much: shares, not amounts
  --jobs-before N     what one job allocates: each profile divided by the
  --jobs-after N      number of jobs that it saw

Options of suggest (and --root, --path-map, --format):
  --profile PROFILE   what proves the findings; may be repeated
  --hot all           without a profile: every line counts as hot (default)
  --apply safe|review change the files: safe edits only, or all
  --only ID           only findings of this id; may be repeated
  --ruby VERSION      Ruby and Rails it runs on (default: what the files of
  --rails VERSION     the root say)

Options of check (and --root, --path-map, --format; see docs/ci.md):
  --budget FILE       the limits (default: .allocation-budget.json of the root)
  --baseline PROFILE  what growth is measured from; may be repeated
  --strict            fail also for what is not proved, matched or checked

Options of convert (and --root, --path-map, --lens):
  --to FORMAT         folded, speedscope, pprof, csv or svg
  --out FILE          where to (default: standard output)
  --by method|line    what a box or row is (default: method)

  -h, --help          this text
  -V, --version       the version

Exit codes: 0 fine, 1 over budget, 2 wrong usage, 3 a file could not be read or
written.
`;
