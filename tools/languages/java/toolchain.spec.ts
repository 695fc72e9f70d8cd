import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProcessRequest, ProcessResult, RunProcess } from '../../kernel/process/types.ts';
import java from './index.ts';
import { brokenFiles, runMaven } from './maven.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-java-')));
  writeFileSync(join(root, 'pom.xml'), '<project/>');
  vi.stubEnv('JAVA_HOME', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

const ended = (part: Partial<Extract<ProcessResult, { state: 'exited' }>>): ProcessResult => ({
  ...{ state: 'exited', code: 0, stdout: '', stderr: '', truncated: false, durationMs: 1 },
  ...part,
});
const none = (command: string): ProcessResult => ({
  state: 'not-found',
  command,
  reason: 'there is no such program',
});
const answers: Record<string, ProcessResult> = {
  java: ended({ stderr: 'openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime\n' }),
  javac: ended({ stdout: 'javac 17.0.15\n' }),
  mvn: ended({ stdout: '\u001b[1mApache Maven 3.8.7\u001b[m\nMaven home: /usr\n' }),
};
const ask = (changed: Record<string, ProcessResult> = {}) => {
  const run: RunProcess = ({ command }) =>
    Promise.resolve({ ...answers, ...changed }[command] ?? none(command));
  return java.toolchain(root, root, { run, progress: () => {} });
};

describe('toolchain', () => {
  it('finds the JDK and Maven', async () => {
    expect(await ask()).toEqual({
      state: 'found',
      command: 'mvn',
      version: '17.0.15',
      tools: { java: 'openjdk version "17.0.15" 2025-04-15', maven: '3.8.7' },
    });
  });

  it.each([
    ['java', none('java'), 'Java', /Install a JDK/],
    [
      'java',
      ended({ stderr: 'java version "1.7.0_80"' }),
      'Java 8 or newer (found: 1.7.0_80)',
      /Install a JDK/,
    ],
    ['javac', none('javac'), 'the Java compiler (javac)', /Install a JDK/],
    ['mvn', none('mvn'), 'Maven', /Install Maven 3\.6 or newer/],
    [
      'mvn',
      ended({ code: 1, stderr: 'JAVA_HOME is wrong\nmore' }),
      'Maven (JAVA_HOME is wrong)',
      /Install Maven/,
    ],
  ])('tells what is wrong with %s', async (program, answer, what, remedy) => {
    expect(await ask({ [program]: answer })).toEqual({
      state: 'missing',
      what,
      remedy: expect.stringMatching(remedy),
    });
  });

  it('takes Java 8 by its old name', async () => {
    expect(await ask({ java: ended({ stderr: 'java version "1.8.0_402"' }) })).toMatchObject({
      state: 'found',
    });
  });

  it('says that Gradle is not Maven', async () => {
    rmSync(join(root, 'pom.xml'));
    writeFileSync(join(root, 'build.gradle.kts'), '');
    expect(await ask()).toMatchObject({
      state: 'missing',
      what: expect.stringContaining('a Gradle project'),
      remedy: expect.stringContaining('"commands" in assay/bench.json'),
    });
  });
});

describe('runMaven', () => {
  const maven = async (...results: ProcessResult[]) => {
    const asked: ProcessRequest[] = [];
    const run: RunProcess = (request) => {
      asked.push(request);
      return Promise.resolve(results[asked.length - 1]!);
    };
    const result = await runMaven({ program: 'mvn', cwd: '/', args: ['compile'], env: {}, run });
    return { result, offline: asked.map(({ args }) => args.includes('--offline')) };
  };
  const lacking = ended({
    code: 1,
    stdout:
      '[INFO] x\n[ERROR] Cannot access central in offline mode and the artifact g:a:1 has not been downloaded\n',
  });

  it('asks the network only where something is missing', async () => {
    expect(await maven(ended({}))).toEqual({ result: { state: 'done' }, offline: [true] });
    expect(await maven(lacking, ended({}))).toEqual({ result: { state: 'done' }, offline: [true, false] });
    const broken = ended({
      code: 1,
      stdout: '[ERROR] COMPILATION ERROR : \n[ERROR] /x/A.java:[3,4] no such thing\n',
    });
    const { result, offline } = await maven(broken);
    expect(offline).toEqual([true]);
    expect(result).toMatchObject({ state: 'failed', reason: 'Maven failed: /x/A.java:[3,4] no such thing' });
  });

  it.each([
    [none('mvn'), 'Maven could not be started: there is no such program'],
    [ended({ code: 1, stderr: 'one\ntwo' }), 'Maven failed: one; two'],
    [{ ...ended({}), state: 'signalled', signal: 'SIGKILL' } as ProcessResult, 'Maven was ended by SIGKILL'],
    [{ ...ended({}), state: 'timed-out' } as ProcessResult, 'Maven took more than 15 minutes'],
  ])('tells how it failed: %j', async (result, reason) => {
    expect((await maven(result)).result).toMatchObject({ state: 'failed', reason });
  });
});

describe('brokenFiles', () => {
  it('reads the files in which javac found errors, each once', () => {
    const output =
      '[ERROR] /w/a b/src/A.java:[3,4] cannot find symbol\n[ERROR]   symbol: x\n[ERROR] /w/a b/src/A.java:[5,1] more\n[ERROR] /w/B.java:[1,1] bad\n[WARNING] /w/C.java:[1,1] fine\n';
    expect(brokenFiles(output)).toEqual(['/w/a b/src/A.java', '/w/B.java']);
  });
});
