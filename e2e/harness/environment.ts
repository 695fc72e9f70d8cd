import { delimiter, dirname } from 'node:path';

/** Variables that our own npm, Nx, Vitest, CI or shell set for us, and that a foreign workspace has not. */
const OURS =
  /^(npm_(?!config_(cache|registry|cafile|proxy|https_proxy))|NX_|ASSAY_|VITEST|CI$|GITHUB_|VIRTUAL_ENV|PYTHON|NODE_(OPTIONS|PATH|ENV|V8_COVERAGE)$|GOWORK$|(FORCE|NO)_COLOR$|TINYPOOL|INIT_CWD)/i;

/**
 * The environment of a foreign machine: ours, less what npm, Nx, Vitest, CI and an activated Python
 * environment left in it, and with the Node that runs the tests first on the path. What npm put on the
 * path (our own `node_modules/.bin`) goes as well, or a workspace could run our `nx`.
 */
export function foreignEnvironment(
  scratch: string,
  tools: readonly string[],
): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!OURS.test(name)) {
      env[name] = value;
    }
  }
  const inherited = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !/node_modules|node-gyp-bin/.test(folder));
  env.PATH = [dirname(process.execPath), ...tools, ...inherited].join(delimiter);
  env.NX_DAEMON = 'false';
  env.NX_TUI = 'false';
  env.NX_NO_CLOUD = 'true';
  env.NX_INTERACTIVE = 'false';
  env.NX_CACHE_DIRECTORY = `${scratch}/nx-cache`;
  env.NX_WORKSPACE_DATA_DIRECTORY = `${scratch}/nx-data`;
  env.FORCE_COLOR = '0';
  env.npm_config_fund = 'false';
  env.npm_config_audit = 'false';
  env.npm_config_update_notifier = 'false';
  env.npm_config_loglevel = 'error';
  env.npm_config_prefer_offline = 'true';
  env.GIT_CONFIG_GLOBAL = '/dev/null';
  env.GIT_CONFIG_SYSTEM = '/dev/null';
  for (const role of ['AUTHOR', 'COMMITTER']) {
    env[`GIT_${role}_NAME`] = 'Ada';
    env[`GIT_${role}_EMAIL`] = 'ada@example.com';
  }
  return env;
}
