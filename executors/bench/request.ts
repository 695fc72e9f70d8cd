import type { ExecutorContext } from '@nx/devkit';
import { baseRequest } from '../../tools/bench/base-request.ts';
import { driftErrors } from '../../tools/bench/drift/errors.ts';
import type { BenchRequest } from '../../tools/bench/request.ts';
import { parseDuration } from '../../tools/bench/settings/duration.ts';
import { waiverErrors } from '../../tools/kernel/waivers/index.ts';
import { dependenciesOf } from '../../tools/nx/dependencies.ts';
import { workspaceInputs } from '../../tools/nx/workspace-inputs.ts';
import type { BenchOptions } from './options.ts';

/** What Nx says and the options say, as the tool wants it. Pure. */
export function benchRequest(
  options: BenchOptions,
  context: ExecutorContext,
  env: Readonly<Record<string, string | undefined>>,
): BenchRequest {
  const name = context.projectName ?? '';
  const project = context.projectsConfigurations.projects[name];
  const configuration = context.configurationName ?? '';
  return {
    workspaceRoot: context.root,
    project: { name, root: project?.root ?? '.', tags: project?.tags ?? [] },
    dependencies: dependenciesOf(context.projectGraph, name),
    inputs: workspaceInputs(project?.targets?.[context.targetName ?? '']?.inputs ?? [], {
      ...context.nxJsonConfiguration.namedInputs,
      ...project?.namedInputs,
    }),
    target: `${name}:${context.targetName ?? 'bench'}`,
    configuration,
    base: baseRequest(options.base, env),
    ...(options.filter === undefined ? {} : { filter: options.filter }),
    ...(options.budget === undefined ? {} : { budgetNs: parseDuration(options.budget, '--budget') }),
    list: options.list,
    updateBaseline: options.updateBaseline,
    aa: options.aa,
    force: options.force,
    ...(options.witness === undefined ? {} : { witness: options.witness }),
    ...acceptOf(options),
    ...driftOf(options, context),
    ...(options.explain === false ? {} : { explain: options.explain === true ? 'commits' : 'bisect' }),
  };
}

/** @throws AssayError `accepted/options` where what is asked for cannot be done in one run */
function acceptOf(options: BenchOptions): Pick<BenchRequest, 'accept'> {
  const { accept, reason, aa, updateBaseline, list } = options;
  if (accept === undefined) {
    if (reason === undefined) return {};
    throw waiverErrors.create('accepted/options', { problem: '--reason is given without --accept' });
  }
  const other = aa ? '--aa' : updateBaseline ? '--update-baseline' : list ? '--list' : undefined;
  if (other !== undefined) {
    throw waiverErrors.create('accepted/options', { problem: `--accept and ${other}` });
  }
  return { accept: { subject: accept, reason: reason ?? '' } };
}

/** @throws AssayError `bench/drift-options` where what is asked for cannot be done in one run */
function driftOf(
  options: BenchOptions,
  { nxJsonConfiguration }: ExecutorContext,
): Pick<BenchRequest, 'drift'> {
  const { drift, history, base, aa, updateBaseline, list, accept } = options;
  const asked = drift !== false;
  if (asked) {
    const others = {
      base: base !== undefined,
      aa,
      'update-baseline': updateBaseline,
      list,
      accept: accept !== undefined,
    };
    const other = Object.entries(others).find(([, given]) => given)?.[0];
    if (other) throw driftErrors.create('bench/drift-options', { problem: `--drift and --${other}` });
  } else if (history !== undefined) {
    throw driftErrors.create('bench/drift-options', { problem: '--history without --drift' });
  }
  return {
    drift: {
      asked,
      ...(typeof drift === 'string' ? { tag: drift } : {}),
      otherBase: base !== undefined,
      defaultBranch: (nxJsonConfiguration?.defaultBase ?? 'main').replace(/^origin\//, ''),
      ...(history === undefined ? {} : { history }),
    },
  };
}
