import { describe, expect, it } from 'vitest';
import { parseBudgets } from '../../../src/findings/budget/parseBudgets';

const file = (...budgets: string[]): string => `{"schema": 1, "budgets": [\n${budgets.join(',\n')}\n]}`;

const errorOf = (text: string): string => {
  const result = parseBudgets(text);
  return result.ok ? 'fine' : `${result.error.line}: ${result.error.message}`;
};

describe('parseBudgets', () => {
  it('reads every subject and limit', () => {
    const result = parseBudgets(
      file(
        '{ "total": true, "objects": 2000000 }',
        '{ "job": "::Billing::SyncJob", "objects": 0, "growth": "12.5%" }',
        '{ "method": "Kernel#dup", "counts": "through", "share": 0.2, "growth": 300 }',
        '{ "file": "./app\\\\models/**/*.rb", "counts": "own", "share": 1, "why": " Ends here " }',
        '{ "line": "app/models/a.rb:63", "objects": 1 }',
      ),
    );
    expect(result).toEqual({
      ok: true,
      budgets: [
        {
          subject: { by: 'total' },
          counts: 'through',
          limits: [{ by: 'objects', most: 2_000_000 }],
          why: null,
          line: 2,
        },
        {
          subject: { by: 'job', job: 'Billing::SyncJob' },
          counts: 'through',
          limits: [
            { by: 'objects', most: 0 },
            { by: 'growth', most: 12.5, in: 'percent' },
          ],
          why: null,
          line: 3,
        },
        {
          subject: { by: 'method', method: 'Kernel#dup' },
          counts: 'through',
          limits: [
            { by: 'share', most: 0.2 },
            { by: 'growth', most: 300, in: 'objects' },
          ],
          why: null,
          line: 4,
        },
        {
          subject: { by: 'file', file: 'app/models/**/*.rb' },
          counts: 'own',
          limits: [{ by: 'share', most: 1 }],
          why: 'Ends here',
          line: 5,
        },
        {
          subject: { by: 'line', file: 'app/models/a.rb', line: 63 },
          counts: 'through',
          limits: [{ by: 'objects', most: 1 }],
          why: null,
          line: 6,
        },
      ],
    });
  });

  it.each([
    ['[]', '1: A budget file is an object with "schema" and "budgets"'],
    ['{"budgets": []}', '1: The file needs "schema": 1, the only version that is known'],
    ['{"schema": 2, "budgets": []}', '1: The file needs "schema": 1, the only version that is known'],
    ['{"schema": "1", "budgets": []}', '1: The file needs "schema": 1, the only version that is known'],
    ['{"schema": 1}', '1: "budgets" is a list of budgets'],
    ['{"schema": 1, "budgets": {}}', '1: "budgets" is a list of budgets'],
    ['{"schema": 1, "budgets": []}', '1: "budgets" is empty: nothing would be checked'],
    ['{"schema": 1, "budget": []}', '1: "budget" is not known here: use schema or budgets'],
    [file('7'), '2: A budget is an object like { "total": true, "objects": 1000 }'],
    [file('{"object": 1}'), /^2: "object" is not known here: use total, job, .+ or why$/],
    [file('{"__proto__": 1}'), /^2: "__proto__" is not known here/],
    [file('{"objects": 1}'), '2: A budget is about one of total, job, method, file or line; this one has none'],
    [file('{"job": "A", "file": "b", "objects": 1}'), /; this one has "job" and "file"$/],
    [file('{"job": "A"}'), '2: A budget needs a limit: objects, share or growth'],
    [file('{"total": false, "objects": 1}'), '2: "total" is true or left out'],
    [file('{"total": true, "share": 0.5}'), '2: "share" says nothing about the total'],
    [file('{"total": true, "counts": "own", "objects": 1}'), '2: "counts" says nothing about the total'],
    [file('{"job": "A#perform", "objects": 1}'), /^2: "job" is the name of a class/],
    [file('{"job": "", "objects": 1}'), '2: "job" is a text in quotes'],
    [file('{"method": null, "objects": 1}'), '2: "method" is a text in quotes'],
    [file(`{"file": "${'a'.repeat(1001)}", "objects": 1}`), '2: "file" is longer than 1000 characters'],
    [file('{"file": "../other/a.rb", "objects": 1}'), '2: The path is not below the root'],
    [file('{"line": "app/a.rb", "objects": 1}'), /^2: "line" is a path and a line/],
    [file('{"line": "app/a.rb:0", "objects": 1}'), /^2: "line" is a path and a line/],
    [file('{"job": "A",\n"objects": -1}'), '3: "objects" is a number of objects, 0 or more'],
    [file('{"job": "A", "objects": 1e300}'), '2: "objects" is a number of objects, 0 or more'],
    [file('{"job": "A", "objects": 1e999}'), '2: "objects" is a number of objects, 0 or more'],
    [file('{"job": "A", "objects": NaN}'), "2: 'NaN' is no JSON value"],
    [file('{"job": "A", "objects": "1000"}'), '2: "objects" is a number of objects, 0 or more'],
    [file('{"job": "A", "objects": 1, "objects": 2}'), '2: "objects" stands here twice'],
    [file('{"job": "A", "share": 20}'), '2: "share" is a part of all objects from 0 to 1: 0.2 for 20 %'],
    [file('{"job": "A", "share": -0.1}'), /^2: "share" is a part/],
    [file('{"job": "A", "growth": "10"}'), /^2: "growth" is a number of objects, or percent/],
    [file('{"job": "A", "growth": "-10%"}'), /^2: "growth" is a number of objects, or percent/],
    [file('{"job": "A", "growth": -10}'), /^2: "growth" is a number of objects, or percent/],
    [file('{"job": "A", "counts": "self", "objects": 1}'), '2: "counts" is "through" or "own"'],
    [
      file('{"job": "A", "objects": 1}', '{"job": "A", "objects": 2}'),
      '3: This has a limit of "objects" already, in the budget of line 2',
    ],
    [file('{"job": "A", "objects": 1}', '{"job": "A", "counts": "own", "objects": 2}'), 'fine'],
    [file('{"job": "A", "objects": 1}', '{"job": "A", "share": 0.5}'), 'fine'],
    [file(...Array(1001).fill('1')), '1: More than 1000 budgets'],
  ])('%s', (text, error) => {
    if (typeof error === 'string') expect(errorOf(text)).toBe(error);
    else expect(errorOf(text)).toMatch(error);
  });
});
