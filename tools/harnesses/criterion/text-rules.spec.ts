import { describe, expect, it } from 'vitest';
import type { CargoMetadata } from '../../languages/rust/cargo-metadata.ts';
import { packageName, readCargoMessages } from './cargo-messages.ts';
import { readDepInfo } from './dep-info.ts';
import { readsAtRunTime } from './reads-at-run-time.ts';
import { lowestVersion, replacedCrates, withoutReplaced } from './stand-in.ts';

const registry = 'source = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "0"\n';
const stanza = (name: string, version: string, rest = registry): string =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\n${rest}\n`;
const head = '# made by cargo\nversion = 4\n\n';

function metadata(...dependencies: { name: string; req: string; path?: string }[]): CargoMetadata {
  const full = dependencies.map((each) => ({ kind: 'dev', rename: null, ...each }));
  const pack = { name: 'a', manifest_path: '/a/Cargo.toml', targets: [], dependencies: full };
  return { packages: [pack], workspace_root: '/a', target_directory: '/a/target' };
}

describe('crates that are replaced', () => {
  it('are those of the lockfile, in each version', () => {
    const lock =
      head + stanza('criterion', '0.4.0') + stanza('criterion', '0.5.1') + stanza('serde', '1.0.0');
    expect(replacedCrates(lock, metadata({ name: 'criterion', req: '^0.5' }))).toEqual([
      { crate: 'criterion', version: '0.4.0' },
      { crate: 'criterion', version: '0.5.1' },
    ]);
  });

  it('leave a criterion of the user’s own alone', () => {
    const lock = head + stanza('criterion', '0.5.1', '');
    expect(replacedCrates(lock, metadata({ name: 'criterion', req: '*', path: '/a/criterion' }))).toEqual([]);
  });

  it('are, without a lockfile, the lowest that is asked for', () => {
    const asked = metadata(
      { name: 'criterion', req: '^0.7' },
      { name: 'codspeed-criterion-compat', req: '^2' },
    );
    expect(replacedCrates(undefined, asked)).toEqual([
      { crate: 'criterion', version: '0.7.0' },
      { crate: 'codspeed-criterion-compat', version: '2.0.0' },
    ]);
  });

  it('vanish from the lockfile, and nothing else does', () => {
    const lock = head + stanza('a', '1.0.0', '') + stanza('criterion', '0.5.1') + stanza('z', '1.0.0');
    expect(withoutReplaced(lock, [{ crate: 'criterion', version: '0.5.1' }])).toBe(
      head + stanza('a', '1.0.0', '') + stanza('z', '1.0.0'),
    );
  });

  it.each([
    ['^0.5', '0.5.0'],
    ['=0.5.1', '0.5.1'],
    ['>=0.3, <0.6', '0.3.0'],
    ['1', '1.0.0'],
    ['*', '0.5.0'],
  ])('%s: %s', (requirement, version) => {
    expect(lowestVersion(requirement)).toBe(version);
  });
});

describe('messages of cargo', () => {
  it('are read among other lines, and cut off ones', () => {
    const lines = [
      'warning: something a build script printed',
      '{"reason":"compiler-artifact","package_id":"path+file:///w/core#0.1.0","target":{"name":"core","kind":["lib"]},"filenames":["/t/deps/libcore-1.rlib"],"executable":null,"fresh":true}',
      '{"reason":"compiler-artifact","package_id":"registry+https://x#serde@1.0.0","target":{"name":"serde","kind":["lib"]},"filenames":["/t/deps/libserde-1.rlib"],"executable":null,"fresh":true}',
      '{"reason":"compiler-artifact","package_id":"path+file:///w/a#a@0.1.0","target":{"name":"parse","kind":["bench"]},"filenames":["/t/deps/parse-1"],"executable":"/t/deps/parse-1","fresh":false}',
      '{"reason":"build-script-executed","linked_paths":["native=/t/build/z/out","/usr/lib"]}',
      '{"reason":"compiler-message","target":{"name":"bad"},"message":{"level":"error","rendered":"error: no"}}',
      '{"reason":"compiler-message","target":{"name":"bad"},"message":{"level":"warning","rendered":"warning: hm"}}',
      '{"reason":"compiler-artif',
    ];
    const read = readCargoMessages(lines.join('\n'));
    expect([...read.executables]).toEqual([['parse', '/t/deps/parse-1']]);
    expect(read.artefacts).toEqual(['/t/deps/libcore-1.rlib', '/t/deps/parse-1']);
    expect(read.fresh).toEqual(['core']);
    expect(read.linkedPaths).toEqual(['/t/build/z/out', '/usr/lib']);
    expect([...read.errors]).toEqual([['bad', ['error: no']]]);
  });

  it.each([
    ['path+file:///w/core#0.1.0', 'core'],
    ['path+file:///w/dir#real-name@0.1.0', 'real-name'],
    ['core 0.1.0 (path+file:///w/core)', 'core'],
  ])('%s is of %s', (id, name) => {
    expect(packageName(id)).toBe(name);
  });
});

describe('dep-info', () => {
  it('names the sources, with blanks and without what it was made for', () => {
    const text =
      '/t/a-1: benches/a.rs src/my\\ lib.rs\n\nbenches/a.rs:\nsrc/my\\ lib.rs:\n\n# env-dep:CARGO_MANIFEST_DIR=/w\n';
    expect(readDepInfo(text)).toEqual(['benches/a.rs', 'src/my lib.rs']);
  });
});

describe('what reads at run time', () => {
  it.each([
    'std::fs::read_to_string("x")',
    'File::open(path)',
    'std::env::var("LEVEL")',
    'std::process::Command::new("ls")',
    'csv::Reader::from_path("x.csv")',
  ])('%s', (code) => {
    expect(readsAtRunTime(code)).toBe(true);
  });

  it.each(['include_str!("x.txt")', 'fn prefs(offset: usize) {}', 'option_env!("CI")', 'let refs = 1;'])(
    'not %s',
    (code) => {
      expect(readsAtRunTime(code)).toBe(false);
    },
  );
});
