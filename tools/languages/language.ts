import type { Side } from '../harnesses/harness.ts';
import type { RunProcess } from '../kernel/process/types.ts';

export interface LanguageContext {
  readonly run: RunProcess;
  readonly signal?: AbortSignal;
  /** One line of progress for work that may take long (an install). */
  readonly progress: (text: string) => void;
}

/** Found or not: a missing toolchain is a result with a remedy, not an exception. */
export type Toolchain =
  | {
      readonly state: 'found';
      readonly command: string;
      readonly version: string;
      readonly tools: Readonly<Record<string, string>>;
    }
  | { readonly state: 'missing'; readonly what: string; readonly remedy: string };

/**
 * A language: how its toolchain is found, how a base checkout gets its dependencies, and how to tell
 * that a side loads code of the other tree. A folder `tools/languages/<id>/` with an `index.ts` whose
 * default export is a Language is found by the generated registry.
 */
export interface Language {
  readonly id: 'typescript' | 'python' | 'go' | 'rust' | 'java';
  readonly title: string;
  toolchain(projectRoot: string, workspaceRoot: string, context: LanguageContext): Promise<Toolchain>;
  /** Lockfiles and manifests that pin third-party code, relative to the workspace root, that exist for this project. */
  lockfiles(projectRoot: string, workspaceRoot: string): Promise<readonly string[]>;
  /**
   * Makes the base runnable: third-party dependencies shared with head where the lockfiles are equal and
   * installed where they are not; workspace packages always the base's own copies.
   *
   * @throws AssayError `base/install-failed` with the installer's last lines
   */
  shareDependencies(base: Side, head: Side, context: LanguageContext): Promise<void>;
  /** Environment that makes a side load its own code (for Python: the paths that replace editable installs). */
  environment(
    side: Side,
    other: Side,
    context: LanguageContext,
  ): Promise<Readonly<Record<string, string | undefined>>>;
}
