import { posix } from 'node:path';
import type { NxJsonConfiguration } from '@nx/devkit';
import type { PluginOptions } from '../../plugins/options.ts';
import type { ProjectView } from '../workspace/view.ts';

type Plugins = NonNullable<NxJsonConfiguration['plugins']>;

export const PLUGIN = 'nx-assay';

/** Options of our entry in `plugins`; `undefined` where the plugin is not registered. Pure. */
export function registeredOptions(plugins: Plugins | undefined): PluginOptions | undefined {
  const entry = (plugins ?? []).find((plugin) => nameOf(plugin) === PLUGIN);
  if (entry === undefined) return undefined;
  return typeof entry === 'string' ? {} : ((entry.options ?? {}) as PluginOptions);
}

/** `plugins` with our entry's options set; an entry that is there keeps its place and other fields. Pure. */
export function withOptions(plugins: Plugins | undefined, options: PluginOptions): Plugins {
  const list = plugins ?? [];
  const bare = Object.keys(options).length === 0;
  if (!list.some((plugin) => nameOf(plugin) === PLUGIN)) {
    return [...list, bare ? { plugin: PLUGIN } : { plugin: PLUGIN, options }];
  }
  return list.map((plugin) => {
    if (nameOf(plugin) !== PLUGIN || bare) return plugin;
    return typeof plugin === 'string' ? { plugin, options } : { ...plugin, options };
  });
}

/**
 * Lays what this run found over the options that are there: globs and attachments are added, never removed.
 * Pure.
 *
 * @param globs globs of folders that become projects; an empty list is a choice too, `undefined` is none
 * @param folders folders that could become projects
 * @param projects the projects of the graph: one that another plugin makes of such a folder is attached to
 */
export function mergeOptions(
  present: PluginOptions,
  globs: readonly string[] | undefined,
  folders: readonly string[],
  projects: readonly ProjectView[],
  workspaceProject: string,
): PluginOptions {
  const ours = new Set([...(present.projects ?? []), ...(globs ?? [])]);
  const chosen = globs !== undefined || present.projects !== undefined;
  const attach = { ...present.attach };
  for (const { root, name } of projects) {
    const known = (present.projects ?? []).some((glob) => posix.matchesGlob(root, glob));
    if (folders.includes(root) && !known) attach[root] ??= name;
  }
  return {
    ...present,
    ...(workspaceProject === 'assay' ? {} : { workspaceProject }),
    ...(chosen ? { projects: [...ours] } : {}),
    ...(Object.keys(attach).length === 0 ? {} : { attach }),
  };
}

function nameOf(plugin: Plugins[number]): string {
  return typeof plugin === 'string' ? plugin : plugin.plugin;
}
