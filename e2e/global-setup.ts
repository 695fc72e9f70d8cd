import type { TestProject } from 'vitest/node';
import { type Host, startHost } from './harness/host.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    host: Host;
  }
}

/** Packs the package, starts the registry, and stops it after the last test, failed or not. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { host, stop } = await startHost();
  project.provide('host', host);
  return stop;
}
