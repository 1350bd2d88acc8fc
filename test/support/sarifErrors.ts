import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';

/** What the schema of SARIF 2.1.0 has against a log; also against addresses that are none. Empty when all is well. */
export function sarifErrors(log: string): string[] {
  const validate = (validator ??= compile());
  if (validate(JSON.parse(log))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

let validator: ValidateFunction | null = null;

/** The schema as Microsoft's `@microsoft/jest-sarif` carries it: draft 4, of which it uses what draft 7 has too. */
function compile(): ValidateFunction {
  const file = fileURLToPath(new URL('../fixtures/sarif/sarif-2.1.0-rtm.5.json', import.meta.url));
  const { $schema, id, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  if (!String($schema).includes('draft-04') || !String(id).includes('sarif-2.1.0')) throw new Error('Not the schema');
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('uri-reference', (text) => !/[\s\\]/.test(text) && URL.canParse(text, 'file:///base/'));
  ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
  return ajv.compile(schema);
}
