import type { LanguageContext, Toolchain } from '../language.ts';
import { goEnvironment } from './go-environment.ts';

/** The oldest Go whose `testing` package the harness knows. */
const oldest = [1, 21] as const;

const download = 'https://go.dev/dl';

/**
 * The `go` that this project uses. Where its `go.mod` asks for a newer one than is installed, GOTOOLCHAIN
 * decides whether go fetches it, as ever; a fetch that cannot succeed is a missing toolchain.
 */
export async function findGo(projectRoot: string, context: LanguageContext): Promise<Toolchain> {
  const found = await goEnvironment(context.run, projectRoot, {}, context.signal);
  if (found.state === 'missing') return missing(found.reason, found.output);
  const version = found.go.GOVERSION;
  if (isOlder(version)) {
    return {
      state: 'missing',
      what: `Go ${oldest.join('.')} or newer (found: ${version})`,
      remedy: `Install a newer Go from ${download}.`,
    };
  }
  return { state: 'found', command: 'go', version: version.replace(/^go/, ''), tools: { go: version } };
}

function missing(reason: string, output: string): Toolchain {
  const newer = /requires go >= (\S+)/.exec(output)?.[1];
  if (newer) {
    return {
      state: 'missing',
      what: `Go ${newer}, which go.mod or go.work asks for`,
      remedy: `Install it from ${download}, or let go fetch it: GOTOOLCHAIN=auto.`,
    };
  }
  const none = output === '' && reason.includes('PATH');
  return {
    state: 'missing',
    what: none ? 'Go' : `Go (${reason})`,
    remedy: none
      ? `Install Go ${oldest.join('.')} or newer from ${download} and put its bin folder on the PATH.`
      : 'Run `go env` in the project and mend what it says.',
  };
}

/** Development versions (`devel go1.27-…`) count by the number in them; what has none counts as new. */
function isOlder(version: string): boolean {
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1]);
}
