import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { packageFile, packageVersion } from '../files/package-file.ts';
import { scratchFolder } from '../files/spec-scratch.ts';

const MAIN = packageFile('tools/kernel/environment/fingerprint-main');

function program(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

function workspace(): { root: string; bin: string } {
  const root = scratchFolder("finger 'print'");
  const bin = join(root, 'bin');
  mkdirSync(bin);
  return { root, bin };
}

function fingerprintIn(root: string, path: string, ...languages: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...languages], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, NODE_OPTIONS: '' },
  });
  return { status, stderr, parts: stdout.replace(/\n$/, '').split(' | ') };
}

describe('fingerprint', () => {
  beforeEach(() => vi.stubEnv('JAVA_HOME', ''));

  it('names machine, package, Node and what is missing, in one line', () => {
    const { root, bin } = workspace();
    const { status, stderr, parts } = fingerprintIn(
      root,
      bin,
      'python',
      'go',
      'rust',
      'typescript',
      'cobol',
      'go',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(parts.slice(1)).toEqual([
      `nx-assay ${packageVersion()}`,
      `node ${process.versions.node}`,
      'cobol unknown',
      'go missing',
      'python missing',
      'rust missing',
      'typescript node',
    ]);
    expect(parts[0]).toMatch(/ cores? · /);
  });

  it('asks the tools themselves, the workspace’s own Python first', () => {
    const { root, bin } = workspace();
    program(join(bin, 'go'), 'echo "go version go1.2.3 linux/amd64"');
    program(join(bin, 'python3'), 'echo Python 3.1.1');
    expect(fingerprintIn(root, bin, 'python', 'go').parts.slice(3)).toEqual([
      'go go version go1.2.3 linux/amd64',
      'python Python 3.1.1',
    ]);
    mkdirSync(join(root, '.venv', 'bin'), { recursive: true });
    program(join(root, '.venv', 'bin', 'python'), 'echo Python 3.9.9');
    expect(fingerprintIn(root, bin, 'python').parts.slice(3)).toEqual(['python Python 3.9.9']);
  });

  it('calls a tool missing that fails, and asks Go again without its download', () => {
    const { root, bin } = workspace();
    program(join(bin, 'python3'), 'echo broken >&2; exit 1');
    program(join(bin, 'go'), '[ "$GOTOOLCHAIN" = local ] || exit 1; echo go version go1.0 local');
    expect(fingerprintIn(root, bin, 'go', 'python').parts.slice(3)).toEqual([
      'go go version go1.0 local',
      'python missing',
    ]);
  });

  it('asks Java for its build, and the one of JAVA_HOME first', () => {
    const { root, bin } = workspace();
    expect(fingerprintIn(root, bin, 'java').parts.slice(3)).toEqual(['java missing']);
    program(join(bin, 'java'), 'printf \'openjdk version "17"\\nRuntime b1\\nVM b2\\nmore\\n\' >&2');
    expect(fingerprintIn(root, bin, 'java').parts.slice(3)).toEqual([
      'java openjdk version "17" Runtime b1 VM b2',
    ]);
    mkdirSync(join(root, 'jdk/bin'), { recursive: true });
    program(join(root, 'jdk/bin/java'), 'echo openjdk version 21 >&2');
    vi.stubEnv('JAVA_HOME', join(root, 'jdk'));
    try {
      expect(fingerprintIn(root, bin, 'java').parts.slice(3)).toEqual(['java openjdk version 21']);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is the same each time', () => {
    const { root, bin } = workspace();
    expect(fingerprintIn(root, bin, 'typescript')).toEqual(fingerprintIn(root, bin, 'typescript'));
  });
});
