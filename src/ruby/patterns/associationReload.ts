import { CallNode } from '@ruby/prism/src/nodes.js';
import { renameCall } from '../edits';
import { singular } from '../inflect';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { useOfValue } from '../useOfValue';
import { called, loadsRecords } from '../witness';

/**
 * An association is loaded again before anybody asks for its rows.
 *
 * before:
 *
 *     def refresh(account)
 *       account.entries.reload
 *       account.touch
 *     end
 *
 * after:
 *
 *     def refresh(account)
 *       account.entries.reset
 *       account.touch
 *     end
 *
 * why:
 *
 * `reload` drops the rows and loads them at once; `reset` only drops them, and the next reader loads them. Where the next reader
 * asks for less, such as a `where` or a `count`, or where there is none, they are never built.
 *
 * check:
 * - The next reader may load the rows later, and sees the table as it is then.
 * - Nobody holds an array of the old rows.
 *
 * silent:
 * - The value of `reload` is used or returned.
 * - It is a record that is reloaded, or a query, and not an association of many.
 */
export const associationReload = definePattern(CallNode, {
  id: 'association-reload',
  section: 'active-record',
  title: 'An association is loaded again before anybody reads it',
  explanation:
    'reload drops the rows and loads them at once; reset only drops them, and they are loaded when somebody reads them. ' +
    'It saves their objects where nobody does, or where the next reader asks for less.',
  gain: 'objects',
  safety: 'review',
  severity: 'information',
  witnesses: [
    called(
      /^ActiveRecord::Associations::CollectionProxy#reload$/,
      'that an association is loaded here',
      'silent',
      loadsRecords.names,
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Associations/CollectionProxy.html#method-i-reset'],
  names: ['reload'],
  match: matchReload,
});

function matchReload(reload: CallNode, syntax: Syntax): Match | null {
  const { messageLoc, receiver: children } = reload;
  if (!messageLoc || reload.arguments_ || reload.block || useOfValue(reload, syntax) !== 'unused') return null;
  if (!(children instanceof CallNode) || !children.receiver || children.arguments_ || children.block) return null;
  if (!/^[a-z_]\w*$/.test(children.name) || singular(children.name) === children.name) return null;

  const edit = renameCall(reload, 'reset', syntax);
  return {
    range: syntax.rangeOf(messageLoc),
    note: 'Check that the next reader may load the rows later, and that nobody holds an array of the old ones.',
    fixes: edit === null ? [] : [{ title: 'Use reset', edits: [edit] }],
  };
}
