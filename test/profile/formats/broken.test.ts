import { describe, expect, it } from 'vitest';
import { gunzipSource } from '../../../src/host/nodeByteSource';
import { bytesSource } from '../../../src/profile/formats/bytesSource';
import { type DecodeResult, decodeProfile } from '../../../src/profile/formats/decodeProfile';
import { brokenInvariants } from '../../../src/profile/integrity';
import { fixtureBytes, fixtureNames } from '../../support/fixture';
import { methodLines, profileOf } from '../../support/stackprofHash';

/**
 * What each damaged or strange file must give: the reason it cannot be read, or the problems beside its profile and,
 * with `=`, numbers that all equal those of the sound recording (fin_inl_tick_i1_raw).
 */
const OUTCOMES = `
  base64.dump             !unsupported-format
  bytes8_shop_0.dump      corrupt inconsistent
  bytes8_shop_1.dump      corrupt
  bytes8_shop_2.dump      corrupt inconsistent
  bytes8_shop_3.dump      corrupt inconsistent
  bytes8_shop_4.dump      corrupt inconsistent
  crlf_mangled.dump       !corrupt
  cut_99pct.dump          truncated
  cut_in_frames.dump      !truncated
  cut_minus1.dump         = truncated
  elf.dump                !unsupported-format
  empty.dump              !empty
  flip001_0.dump          corrupt
  flip001_1.dump          corrupt inconsistent
  flip001_2.dump          inconsistent
  flip001_3.dump          =
  flip001_4.dump          inconsistent
  flip003_0.dump
  flip003_1.dump          !corrupt
  flip003_2.dump          corrupt inconsistent
  flip003_3.dump          corrupt
  flip003_4.dump          inconsistent
  flip020_0.dump          !corrupt
  flip020_1.dump          !corrupt
  flip020_2.dump          !corrupt
  flip020_3.dump          !corrupt
  flip020_4.dump          !corrupt
  flip200_0.dump          !corrupt
  flip200_1.dump          !corrupt
  flip200_2.dump          !corrupt
  flip200_3.dump          !corrupt
  flip200_4.dump          !corrupt
  gz_cut.dump.gz          !truncated
  gz_named_dump.dump      =
  half.dump               truncated
  half_shop.dump          truncated
  header_only.dump        !truncated
  json_array.json         !not-a-profile
  json_bom.json           =
  json_half.json          truncated
  json_nan.json           = inconsistent
  json_ndjson.json        = concatenated
  json_not_profile.json   !not-a-profile
  json_pretty.json        =
  json_utf16.json         !unsupported-format
  marshal_array.dump      !not-a-profile
  marshal_bad_link.dump   !not-a-profile
  marshal_bad_symlink.dump !not-a-profile
  marshal_class.dump      !not-a-profile
  marshal_cyclic.dump     !not-a-profile
  marshal_default_hash.dump !not-a-profile
  marshal_empty_hash.dump !not-a-profile
  marshal_extended.dump   !not-a-profile
  marshal_floats.dump     !not-a-profile
  marshal_hash.dump       !not-a-profile
  marshal_hugearray.dump  !not-a-profile
  marshal_hugestring.dump !not-a-profile
  marshal_identity_hash.dump !not-a-profile
  marshal_int.dump        !not-a-profile
  marshal_ints.dump       !not-a-profile
  marshal_module.dump     !not-a-profile
  marshal_negative_len.dump !not-a-profile
  marshal_nested_200k.dump !not-a-profile
  marshal_nil.dump        !not-a-profile
  marshal_object.dump     !not-a-profile
  marshal_regexp.dump     !not-a-profile
  marshal_set.dump        !not-a-profile
  marshal_string.dump     !not-a-profile
  marshal_struct.dump     !not-a-profile
  marshal_substring.dump  !not-a-profile
  marshal_time.dump       !not-a-profile
  marshal_user_dump.dump  !not-a-profile
  marshal_user_marshal.dump !not-a-profile
  not_a_dump.txt          !unknown-format
  one_byte.dump           !truncated
  prof_custom_object_in_metadata.dump =
  prof_edge_unknown.dump  =
  prof_file_nil.dump
  prof_float_samples.dump =
  prof_frames_nil.dump    !corrupt
  prof_html_names.dump
  prof_name_nil.dump
  prof_no_frames.dump     !corrupt
  prof_no_mode.dump       =
  prof_object_in_raw.dump = corrupt
  prof_raw_cut.dump       corrupt
  prof_raw_huge_len.dump  = corrupt
  prof_raw_negative_len.dump = corrupt
  prof_raw_strings.dump   = corrupt
  prof_raw_unknown_frame.dump inconsistent
  prof_raw_zero_len.dump  =
  prof_samples_mismatch.dump = inconsistent
  prof_samples_zero.dump  = inconsistent
  prof_self_edge_cycle.dump =
  prof_string_keys.dump   =
  prof_version_1.dump     =
  prof_version_2.dump     =
  random.dump             !unknown-format
  tail_half.dump          !unknown-format
  tick.dump.gz            =
  trailing_garbage.dump   = trailing-data
  trailing_newline.dump   =
  two_concatenated.dump   = concatenated
  utf8_mangled.dump       !corrupt
  utf8_replaced.dump      !corrupt
  version_3_8.dump        !unsupported-format
  version_4_9.dump        !unsupported-format
  zeros.dump              !unknown-format
  zlib_raw.dump.z         !unsupported-format
`;

const outcomes = OUTCOMES.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .map(([file, ...outcome]) => [file!, outcome.join(' ')] as const);

describe('damaged and hostile files', () => {
  it('are all in the table', () => {
    const names = fixtureNames('broken', /./).map((name) => name.slice('broken/'.length));
    expect(outcomes.map(([file]) => file.replace(/\.gz$/, '')).sort()).toEqual(
      names.map((name) => name.replace(/\.gz$/, '')).sort(),
    );
  });

  it.each(outcomes)('%s: %s', async (file, outcome) => {
    const sound = await profileOf(fixtureBytes('fin_inl_tick_i1_raw.dump'));
    const result = await decodeProfile(bytesSource(fixtureBytes(`broken/${file}`)), { gunzip: gunzipSource });
    expect(outcomeOf(result, methodLines(sound), outcome.startsWith('='))).toBe(outcome);
  });

  it.each([
    ['crlf_mangled.dump', /line ends/],
    ['utf8_mangled.dump', /binary/],
    ['utf8_replaced.dump', /binary/],
    ['base64.dump', /base64 -d/],
    ['json_utf16.json', /UTF-8/],
    ['zlib_raw.dump.z', /zlib/],
    ['version_4_9.dump', /4\.9/],
    ['marshal_array.dump', /array/],
    ['prof_no_frames.dump', /frames/],
  ])('%s: the message says what it is and what to do', async (file, message) => {
    const result = await decodeProfile(bytesSource(fixtureBytes(`broken/${file}`)));
    expect(!result.ok && result.error.message).toMatch(message);
  });
});

/** The outcome as the table writes it. `methods`: those of the sound recording, compared where the table claims they are equal. */
function outcomeOf(result: DecodeResult, methods: readonly string[], claimsEqual: boolean): string {
  if (!result.ok) return `!${result.error.reason}`;
  const { profile, problems } = result;
  expect(brokenInvariants(profile)).toEqual([]);
  const codes = problems.map((problem) => problem.code).join(' ');
  if (!claimsEqual) return codes;
  expect(methodLines(profile)).toEqual(methods);
  return `= ${codes}`.trim();
}
