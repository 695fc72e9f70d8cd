import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import type { Language, LanguageContext } from '../languages/language.ts';
import { languages } from '../languages/registry.gen.ts';
import type { HarnessFiles } from './discover.ts';
import { benchErrors } from './errors.ts';
import type { BenchRequest } from './request.ts';

/** A harness with the languages that its benchmarks may use: its own, or for commands all that the project has. */
export interface UsableHarness extends HarnessFiles {
  readonly languages: readonly Language[];
}

/** Files by which a project shows that commands of it may use a language. */
const MANIFESTS = {
  typescript: ['package.json'],
  python: ['pyproject.toml', 'requirements.txt', 'setup.py', 'setup.cfg'],
  go: ['go.mod'],
  rust: ['Cargo.toml'],
  java: ['pom.xml'],
} as const;

export interface Toolchains {
  readonly usable: readonly UsableHarness[];
  readonly missing: readonly { readonly harness: HarnessFiles; readonly error: AssayError }[];
  readonly runtimes: Readonly<Record<string, string>>;
  readonly tools: Readonly<Record<string, string>>;
}

/** Asks each language once whether its toolchain is there. A missing one skips its benchmarks, with the reason. */
export async function findToolchains(
  found: readonly HarnessFiles[],
  request: BenchRequest,
  context: LanguageContext,
): Promise<Toolchains> {
  const usable: UsableHarness[] = [];
  const missing: { harness: HarnessFiles; error: AssayError }[] = [];
  const runtimes: Record<string, string> = { node: process.version };
  const tools: Record<string, string> = {};
  for (const harness of found) {
    if (harness.harness.language === 'any') {
      usable.push({ ...harness, languages: await languagesOf(request, context, tools) });
      continue;
    }
    const load = languages[harness.harness.language];
    if (load === undefined) throw new Error(`No language room for ${harness.harness.language}`);
    const { default: language } = await load();
    const toolchain = await language.toolchain(
      join(request.workspaceRoot, request.project.root),
      request.workspaceRoot,
      context,
    );
    if (toolchain.state === 'missing') {
      const { what, remedy } = toolchain;
      const error = benchErrors.create('bench/toolchain-missing', {
        what,
        remedy,
        harness: harness.harness.title,
      });
      missing.push({ harness, error });
      continue;
    }
    if (language.id !== 'typescript') runtimes[language.id] = toolchain.version;
    Object.assign(tools, toolchain.tools);
    usable.push({ ...harness, languages: [language] });
  }
  return { usable, missing, runtimes, tools };
}

/** Languages of a project whose toolchain is there, for benchmarks that are commands. */
async function languagesOf(
  request: BenchRequest,
  context: LanguageContext,
  tools: Record<string, string>,
): Promise<readonly Language[]> {
  const found: Language[] = [];
  const projectRoot = join(request.workspaceRoot, request.project.root);
  for (const [id, manifests] of Object.entries(MANIFESTS)) {
    const here = [projectRoot, request.workspaceRoot].some((root) =>
      manifests.some((name) => existsSync(join(root, name))),
    );
    const load = here ? languages[id] : undefined;
    if (load === undefined) continue;
    const { default: language } = await load();
    const toolchain = await language.toolchain(projectRoot, request.workspaceRoot, context);
    if (toolchain.state === 'missing') continue;
    Object.assign(tools, toolchain.tools);
    found.push(language);
  }
  return found;
}
