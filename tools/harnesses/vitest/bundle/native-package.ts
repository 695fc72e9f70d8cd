import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LOADERS =
  /^(bindings|node-gyp-build|node-gyp-build-optional-packages|prebuild-install|node-pre-gyp|@mapbox\/node-pre-gyp)$/;
const PLATFORM = /(linux|darwin|win32)[-_](x64|arm64)/;

/**
 * True for a package with a compiled part, which looks for files beside its own: it stays outside of the
 * bundle.
 *
 * @param folder absolute path of the package
 */
export function isNativePackage(folder: string): boolean {
  const known = answers.get(folder);
  if (known !== undefined) return known;
  const answer = looksNative(folder);
  answers.set(folder, answer);
  return answer;
}

const answers = new Map<string, boolean>();

function looksNative(folder: string): boolean {
  if (existsSync(join(folder, 'binding.gyp'))) return true;
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, object>;
    if (manifest.gypfile !== undefined || manifest.binary !== undefined || manifest.napi !== undefined)
      return true;
    if (Object.keys(manifest.dependencies ?? {}).some((name) => LOADERS.test(name))) return true;
    return Object.keys(manifest.optionalDependencies ?? {}).some((name) => PLATFORM.test(name));
  } catch {
    return false;
  }
}

/** Folder of the package of `node_modules` that holds the file. */
export function packageFolder(file: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}
