import { fileSource, gunzipSource } from '../../../src/host/nodeByteSource';
import { decodeProfile } from '../../../src/profile/formats/decodeProfile';
import { report } from './report';

void report(async (path) => {
  const result = await decodeProfile(fileSource(path), { gunzip: gunzipSource });
  if (!result.ok) throw new Error(result.error.message);
  return result.profile.samples;
});
