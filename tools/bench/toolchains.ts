import { join } from 'node:path';
import type { AssayError } from '../kernel/errors/assay-error.ts';
import type { Language, LanguageContext } from '../languages/language.ts';
import { languages } from '../languages/registry.gen.ts';
import type { HarnessFiles } from './discover.ts';
import { benchErrors } from './errors.ts';
import type { BenchRequest } from './request.ts';

/** A harness with the language that it needs, if it needs one. */
export interface UsableHarness extends HarnessFiles {
  readonly language: Language | undefined;
}

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
    const load = harness.harness.language === 'any' ? undefined : languages[harness.harness.language];
    if (load === undefined) {
      usable.push({ ...harness, language: undefined });
      continue;
    }
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
    usable.push({ ...harness, language });
  }
  return { usable, missing, runtimes, tools };
}
