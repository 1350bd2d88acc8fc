import type { MetadataEntry } from '../profile/profile';
import type { FileSystem } from './fileSystem';
import { joinPath } from './paths';

/** What an application runs on, as far as its folder says. */
export interface ProjectVersions {
  /** Such as `3.3.8`; null when unknown, or another implementation than CRuby. */
  readonly ruby: string | null;
  /** Version of Active Record; null when unknown or not used. */
  readonly rails: string | null;
  /** Version of Sidekiq Pro; null when unknown or not used. */
  readonly sidekiqPro: string | null;
}

/**
 * Reads the versions in `root`. Ruby: `.ruby-version`, `.tool-versions`, `RUBY VERSION` of `Gemfile.lock`, then what was
 * recorded with the profile (`metadata`). Rails: `activerecord`, or `rails`, of `Gemfile.lock`; Sidekiq Pro the same.
 */
export async function readVersions(
  root: string,
  files: FileSystem,
  metadata: readonly MetadataEntry[] = [],
): Promise<ProjectVersions> {
  const [rubyVersion, toolVersions, lock] = await Promise.all(
    ['.ruby-version', '.tool-versions', 'Gemfile.lock'].map((name) => files.readText(joinPath(root, name))),
  );
  return {
    ruby:
      rubyOf(/^[^#\s]\S*/m.exec(rubyVersion ?? '')?.[0]) ??
      rubyOf(/^ruby[ \t]+(\S+)/m.exec(toolVersions ?? '')?.[1]) ??
      rubyOf(/^RUBY VERSION\r?\n[ \t]+(?:ruby[ \t]+)?(\S+)/m.exec(lock ?? '')?.[1]) ??
      rubyOf(metadata.find(({ key }) => /^:?ruby(?:_?version)?$/i.test(key))?.value),
    rails: gemOf(lock ?? '', 'activerecord') ?? gemOf(lock ?? '', 'rails'),
    sidekiqPro: gemOf(lock ?? '', 'sidekiq-pro'),
  };
}

/** `3.3.8`, `ruby-3.3.8`, `ruby 3.3.8p144 (...)`; null for `jruby-9.4`, `system`, `latest`. */
function rubyOf(text: string | undefined): string | null {
  return /^"?(?:c?ruby[- ])?v?(\d+(?:\.\d+)*)/.exec(text ?? '')?.[1] ?? null;
}

/** The version that is locked: four spaces and a version in parentheses, not the six of a dependency. */
function gemOf(lock: string, gem: string): string | null {
  return new RegExp(`^ {4}${gem} \\((\\d+(?:\\.\\d+)*)`, 'm').exec(lock)?.[1] ?? null;
}
