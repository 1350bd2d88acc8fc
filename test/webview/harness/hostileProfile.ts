import { ProfileBuilder } from '../../../src/profile/builder';
import type { Profile } from '../../../src/profile/profile';

/** Names that break views that trust them. */
export const hostileNames: readonly string[] = [
  '</script><script>document.title="broken"</script>',
  '<img src=x onerror=document.title="broken">',
  'A#\u202egnirts\u202c',
  `B#${'x'.repeat(20_000)}`,
  'C#new\nline\ttab\u0000nul\u001b[31mred',
  'D#\u2066\u2067nested\u2069',
  'E#שלום_עולם',
  'F#日本語のメソッド',
  'G#\ud800half',
  '',
  ' ',
  'H#zero\u200bwidth\ufeff',
];

/** One stack per hostile name, under a common root. */
export function hostileProfile(): Profile {
  const builder = new ProfileBuilder();
  builder.interval = 50;
  builder.metadata = [{ key: 'na\u202eme', value: '</script>'.repeat(40) }];
  const root = builder.addFrame({ name: 'Root#perform', file: '/app/app/jobs/root.rb', line: 3 });
  hostileNames.forEach((name, i) => {
    const file = i % 3 === 0 ? `/app/app/models/${name.slice(0, 60).replace(/\//g, '∕')}.rb` : '<cfunc>';
    const frame = builder.addFrame({ name, file, line: i % 3 === 0 ? 7 : 0 });
    builder.addStack([root, frame, frame], [5 + i, 9, 0], 10 + i);
  });
  return builder.finish();
}
