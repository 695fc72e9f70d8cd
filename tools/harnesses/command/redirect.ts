/** Where a command's standard streams lead, other than into our pipes. */
export interface Streams {
  /** Absolute path. */
  readonly input?: string;
  readonly discardOutput: boolean;
}

/**
 * The command line with its streams redirected. The script is ours and constant: what users wrote goes past the shell
 * as arguments, and the shell is replaced by the program that follows.
 *
 * @param command the meter with the command in it, so that the shell's own start is not timed by a meter that times
 */
export function redirected(
  command: readonly [string, ...string[]],
  { input, discardOutput }: Streams,
): readonly [string, ...string[]] {
  const out = discardOutput ? ' >/dev/null' : '';
  if (input !== undefined)
    return ['sh', '-c', `in=$1; shift; exec "$@" <"$in"${out}`, 'sh', input, ...command];
  return discardOutput ? ['sh', '-c', `exec "$@"${out}`, 'sh', ...command] : command;
}
