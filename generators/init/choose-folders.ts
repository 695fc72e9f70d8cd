import { createInterface } from 'node:readline/promises';

/** Asks which candidate folders become projects; `undefined` where nobody can be asked. */
export type AskGlobs = (
  folders: readonly string[],
  proposed: readonly string[],
) => Promise<readonly string[] | undefined>;

/** Asks on the terminal; Nx's own prompts are fixed in the schema and cannot list what was found. */
export const askOnTerminal: AskGlobs = async (folders, proposed) => {
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  if (!interactive || process.env.CI || process.env.NX_INTERACTIVE === 'false') return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    console.log(
      `Python, Go, Rust and Maven folders that are no Nx projects yet:\n${folders.map((folder) => `  ${folder}\n`).join('')}`,
    );
    const answer = await terminal.question(
      `Which become projects? Globs, or none. (${proposed.join(', ')}) `,
    );
    return answer.trim() === '' ? proposed : parseGlobs([answer]);
  } finally {
    terminal.close();
  }
};

/** Globs as they were typed: separated by commas or blanks; `none` stands for no glob. Pure. */
export function parseGlobs(typed: readonly string[]): readonly string[] {
  const globs = typed.flatMap((text) => text.split(/[,\s]+/)).filter((glob) => glob !== '');
  return globs.length === 1 && globs[0] === 'none' ? [] : globs.map((glob) => glob.replace(/^\.\/|\/$/g, ''));
}
