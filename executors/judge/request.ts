import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import type { JudgeRequest, RecordingPath } from '../../tools/judge/request.ts';
import type { JudgeOptions } from './options.ts';

/** What Nx says and the options say, as the tool wants it. */
export function judgeRequest(
  options: JudgeOptions,
  context: ExecutorContext,
  exists: (path: string) => boolean = existsSync,
): JudgeRequest {
  const name = context.projectName ?? 'assay';
  const project = context.projectsConfigurations.projects[name];
  const at = (shown: string): RecordingPath => {
    // A path is meant from where the command was given; Nx itself runs at the workspace root.
    const near = resolve(context.cwd, shown);
    return { path: exists(near) ? near : resolve(context.root, shown), shown };
  };
  return {
    workspaceRoot: context.root,
    project: { name, root: project?.root ?? '.', tags: project?.tags ?? [] },
    target: `${name}:${context.targetName ?? 'judge'}`,
    configuration: context.configurationName ?? '',
    base: at(options.base),
    head: at(options.head),
    controls: options.controls,
    ...(options.margin === undefined ? {} : { margin: options.margin }),
  };
}
