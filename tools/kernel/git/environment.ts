/**
 * Variables with which git hooks and aliases point their children at a certain repository, index or prefix:
 * under a hook they would point ours astray. `GIT_CONFIG_*` stays, since CI sets `safe.directory` by it.
 */
const POINTERS = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_GRAFT_FILE',
  'GIT_SHALLOW_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_TRACE',
];

/**
 * Environment for every git of ours, to be laid over the inherited one (`undefined` removes): the folder
 * alone decides the repository, messages are English, paths are taken literally, nothing asks for a password,
 * and asking for the state takes no lock that a git of the user's would stumble over.
 */
export function gitEnvironment(): Readonly<Record<string, string | undefined>> {
  return {
    ...Object.fromEntries(POINTERS.map((name) => [name, undefined])),
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
  };
}
