import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/**
 * The licences of the packages whose code went into the bundle, as one text.
 *
 * @throws Error naming a bundled package without a licence file: it must not be shipped unseen
 */
export function thirdPartyLicences(root: string, metafile: Metafile): string {
  const sections = bundledPackages(metafile).map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version: string;
      license?: string;
    };
    const file = existsSync(folder)
      ? readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      : undefined;
    if (!file) throw new Error(`The bundled package '${name}' has no licence file.`);
    return `${name} ${version} (${license ?? 'see below'})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `Code of these packages is part of the files in this folder.\n\n${sections.join(`\n${'-'.repeat(70)}\n\n`)}`;
}

/** Names of npm packages with code in the output, sorted. */
export function bundledPackages(metafile: Metafile): readonly string[] {
  const names = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const match = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match?.[1] && bytesInOutput > 0) names.add(match[1]);
    }
  }
  return [...names].sort();
}
