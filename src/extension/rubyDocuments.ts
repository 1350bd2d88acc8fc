import { languages, type TextDocument } from 'vscode';

/** Documents that can have heat: Ruby and templates with Ruby in them, on disk. */
export const documents = [
  { scheme: 'file', language: 'ruby' },
  { scheme: 'file', language: 'erb' },
  { scheme: 'file', pattern: '**/*.{rb,rake,ru,gemspec,jbuilder,erb,haml,slim}' },
] as const;

export function isRubyDocument(document: TextDocument): boolean {
  return languages.match(documents, document) > 0;
}
