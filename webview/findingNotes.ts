import type { FindingRow } from '../src/protocol/requests';
import { button } from './controls';
import { element } from './dom';
import type { Selection, State } from './state';
import { newestAnswer } from './subjects';
import type { ViewLinks } from './tab';
import { visibleText } from './visibleText';
import { safetyHints } from './wording';

/** In the side panel: what is known of the selected line, why, and the ways to its rewrites. Empty for most lines. */
export function findingNotes(state: State, selected: Selection, links: ViewLinks): HTMLElement[] {
  const findings = newestAnswer(state, 'findings')?.findings ?? [];
  const at = selected.line || (selected.frame < 0 ? selected.definitionLine : 0);
  const here = findings.filter(
    ({ file, recordedLine, line }) => file === selected.file && (recordedLine || line + 1) === at,
  );
  return here.map((finding) => note(finding, finding.title === selected.name, links));
}

function note(finding: FindingRow, isHead: boolean, links: ViewLinks): HTMLElement {
  const { id, title, saving, safety, explanation, hasFix } = finding;
  const badge = element('span', { className: 'safety', text: safety, title: safetyHints[safety] });
  badge.dataset.safety = safety;
  const buttons = element('div', { className: 'side-buttons' });
  if (hasFix) buttons.append(button('Fix…', () => links.openFinding(finding, 'fix'), 'primary'));
  buttons.append(button('Explain', () => links.explainFinding(id)));
  return element(
    'section',
    { className: 'side-finding', attributes: { 'aria-label': `Finding ${id}` } },
    ...(isHead ? [] : [element('h4', { text: visibleText(title) })]),
    element('p', {}, badge, ` ${visibleText(saving)}`),
    element('p', { className: 'side-note', text: visibleText(explanation, 1000) }),
    buttons,
  );
}
