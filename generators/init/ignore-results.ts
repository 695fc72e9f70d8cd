const entry = '.assay/';
const equivalents = new Set([
  '.assay',
  '.assay/',
  '/.assay',
  '/.assay/',
  '**/.assay',
  '**/.assay/',
  '.assay/**',
]);

/**
 * `.gitignore` with the results' folder in it; the same text where it is there already. Line endings are kept.
 * Nx leaves out what git ignores, and so do Prettier 3 and Biome: no other ignore file needs the line. Pure.
 */
export function ignoreResults(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.some((line) => equivalents.has(line))) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const separator = text === '' || text.endsWith('\n') ? '' : eol;
  return `${text}${separator}${entry}${eol}`;
}
