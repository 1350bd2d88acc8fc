import type { Scaling } from '../src/profile/comparison';
import { textField } from './controls';
import { element, show } from './dom';

/** Two fields: how many jobs each profile saw, where they are compared per job. */
export class JobCounts {
  readonly element = element('span', { className: 'job-counts' });
  private readonly fields;

  constructor(onChange: (before: number, after: number) => void) {
    const texts = { before: '1', after: '1' };
    const field = (side: 'before' | 'after', label: string) => {
      const made = textField(label, 'jobs', element('span'), (text) => {
        texts[side] = text;
      });
      made.element.title = label;
      made.element.addEventListener('change', () => {
        const [before, after] = [Number(texts.before), Number(texts.after)];
        if (before >= 1 && after >= 1 && Number.isFinite(before + after)) onChange(before, after);
      });
      const set = (count: number): void => {
        texts[side] = String(count);
        made.set(texts[side]);
      };
      return { element: made.element, set };
    };
    this.fields = {
      before: field('before', 'Jobs that the baseline saw'),
      after: field('after', 'Jobs that this profile saw'),
    };
    this.element.append('Jobs before', this.fields.before.element, 'after', this.fields.after.element);
    show(this.element, false);
  }

  update(scaling: Scaling): void {
    show(this.element, scaling.by === 'jobs');
    if (scaling.by !== 'jobs') return;
    this.fields.before.set(scaling.before);
    this.fields.after.set(scaling.after);
  }
}
