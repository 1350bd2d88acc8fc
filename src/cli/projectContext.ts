import { nodeFileSystem } from '../host/nodeFileSystem';
import type { MetadataEntry } from '../profile/profile';
import type { MatchContext } from '../ruby/matchContext';
import type { RubyParser } from '../ruby/parseRuby';
import { readSchema } from '../ruby/schema';
import { readVersions } from '../source/readVersions';

/** What the folder of the application says about it. `given`: versions from the command line, which go before. */
export async function projectContext(
  root: string,
  parser: RubyParser,
  metadata: readonly MetadataEntry[],
  given: { readonly ruby: string | null; readonly rails: string | null } = { ruby: null, rails: null },
): Promise<MatchContext> {
  const files = nodeFileSystem();
  const folder = root.replaceAll('\\', '/');
  const [versions, schema] = await Promise.all([
    readVersions(folder, files, metadata),
    files.readText(`${folder}/db/schema.rb`),
  ]);
  return {
    ruby: given.ruby ?? versions.ruby,
    rails: given.rails ?? versions.rails,
    sidekiqPro: versions.sidekiqPro,
    schema: schema === null ? null : readSchema(parser, schema),
  };
}
