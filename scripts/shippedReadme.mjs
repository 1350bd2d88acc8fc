// The README as the extension's page in VS Code shows it. That page knows no folder: relative links and pictures are dead there.

/**
 * Links that lead into the repository become their words; pictures of it, and lines that are nothing but links, go.
 * @param {string} markdown
 */
export function shippedReadme(markdown) {
  const isLinks = (/** @type {string} */ line) => /\[/.test(line) && /^(\w+: )?(\[[^\]]*\]\([^)]*\)[ ·]*)+$/.test(line);
  return markdown
    .split('\n')
    .filter((line) => !/^!\[[^\]]*\]\((?!https:)[^)]*\)$/.test(line) && !isLinks(line))
    .join('\n')
    .replace(/\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, '$1')
    .replace(/\n{3,}/g, '\n\n');
}
