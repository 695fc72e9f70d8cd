/**
 * Tests paths (POSIX separators) against globs: `*`, `**`, `?`, `[a-z]`, `{a,b}`, and a leading `!` that takes
 * out again what an earlier glob took in. A name that starts with a dot is a name like any other.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const rules = globs.map((glob) =>
    glob.startsWith('!')
      ? { takes: false, pattern: globToRegExp(glob.slice(1)) }
      : { takes: true, pattern: globToRegExp(glob) },
  );
  return (path) => {
    let matched = false;
    for (const { takes, pattern } of rules) if (matched !== takes && pattern.test(path)) matched = takes;
    return matched;
  };
}

/** One glob as a regular expression over a whole path. What is no glob syntax stands for itself. */
export function globToRegExp(glob: string): RegExp {
  let source = '';
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    const rest = glob.slice(at);
    const character = rest[0]!;
    const set = /^\[(!|\^)?([^\]/]+)\]/.exec(rest);
    if (rest.startsWith('**/') && (at === 0 || glob[at - 1] === '/')) {
      source += '(?:[^/]+/)*';
      at += 2;
    } else if (rest.startsWith('**')) {
      source += '.*';
      at += 1;
    } else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (set !== null) {
      source += `[${set[1] === undefined ? '' : '^/'}${set[2]!.replace(/[\\[\]^]/g, '\\$&')}]`;
      at += set[0].length - 1;
    } else if (character === '{' && rest.includes('}')) {
      source += '(?:';
      depth++;
    } else if (character === '}' && depth > 0) {
      source += ')';
      depth--;
    } else if (character === ',' && depth > 0) source += '|';
    else source += character.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, 's');
}
