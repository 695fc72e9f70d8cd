import type { LanguageId } from './conventions.ts';
import { foldersUpwards } from './paths.ts';

const pinNames: Readonly<Record<LanguageId, RegExp>> = {
  typescript: /^vitest\.(?:config|workspace)\.[mc]?[jt]s$/,
  python:
    /^(?:pyproject\.toml|uv\.lock|poetry\.lock|pdm\.lock|Pipfile(?:\.lock)?|requirements[^/]*\.txt|setup\.(?:py|cfg)|conftest\.py|pytest\.ini|tox\.ini)$/,
  go: /^(?:go\.mod|go\.sum|go\.work|go\.work\.sum)$/,
  java: /^(?:pom\.xml|mvnw|\.mvn\/(?:maven\.config|jvm\.config|extensions\.xml))$/,
  rust: /^(?:Cargo\.toml|Cargo\.lock|rust-toolchain(?:\.toml)?|\.cargo\/config(?:\.toml)?)$/,
};

/** The same names as globs, for Nx (no folder part). */
export const pinGlobs = [
  'vitest.{config,workspace}.{ts,mts,cts,js,mjs,cjs}',
  '{pyproject.toml,uv.lock,poetry.lock,pdm.lock,Pipfile,Pipfile.lock,requirements*.txt}',
  '{setup.py,setup.cfg,conftest.py,pytest.ini,tox.ini}',
  '{go.mod,go.sum,go.work,go.work.sum}',
  '{pom.xml,mvnw,.mvn/maven.config,.mvn/jvm.config,.mvn/extensions.xml}',
  '{Cargo.toml,Cargo.lock,rust-toolchain,rust-toolchain.toml,.cargo/config,.cargo/config.toml}',
];

/** Files that pin third-party code or steer a language's tools, by folder. */
export type PinIndex = ReadonlyMap<string, readonly string[]>;

export function pinIndex(files: readonly string[]): PinIndex {
  const index = new Map<string, string[]>();
  for (const file of files) {
    const name = pinName(file);
    if (!Object.values(pinNames).some((pattern) => pattern.test(name))) continue;
    const folder = name === file ? '.' : file.slice(0, -name.length - 1);
    const found = index.get(folder);
    if (found === undefined) index.set(folder, [file]);
    else found.push(file);
  }
  return index;
}

/** What lies above a project (a uv workspace's lockfile, go.work): its own files are inputs anyway. */
export function pinsAbove(root: string, language: LanguageId, index: PinIndex): readonly string[] {
  return foldersUpwards(root)
    .filter((folder) => folder !== root)
    .flatMap((folder) => index.get(folder) ?? [])
    .filter((file) => pinNames[language].test(pinName(file)))
    .sort();
}

/** Its name, with `.cargo` or `.mvn` where it lies in such a folder: that belongs to the one above. */
function pinName(file: string): string {
  const [name = ''] = /(?:^|(?<=\/))(?:\.(?:cargo|mvn)\/)?[^/]+$/.exec(file) ?? [];
  return name;
}
