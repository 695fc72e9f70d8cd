const headline = /^(?:panic: |fatal error: |runtime: out of memory|signal: |SIG[A-Z]+: ).*$/m;

/**
 * End of what a test binary printed, with the line that says why it ended put last: Go prints it first and
 * pages of stacks after it.
 */
export function crashOutput(stdout: string, stderr: string): string {
  const why = headline.exec(stderr)?.[0] ?? headline.exec(stdout)?.[0];
  const tail = `${stdout.slice(-2000)}\n${stderr.slice(-2000)}`.trim();
  return why === undefined ? tail : `${tail}\n${why}`;
}
