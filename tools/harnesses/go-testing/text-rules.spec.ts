import { describe, expect, it } from 'vitest';
import { benchmarkPattern, duplicatedNames } from './benchmark-pattern.ts';
import { crashOutput } from './crash.ts';
import { errorPlaces, withoutDeclaration } from './reduce-tests.ts';
import { patchTesting } from './testing-patch.ts';

describe('benchmarkPattern', () => {
  it('anchors each element and takes names literally', () => {
    expect(benchmarkPattern(['BenchmarkX/n=1.5_(a|b)', 'BenchmarkY'])).toBe(
      String.raw`^BenchmarkX$/^n=1\.5_\(a\|b\)$|^BenchmarkY$`,
    );
  });
});

describe('duplicatedNames', () => {
  it('tells what Go numbered from what the user named so', () => {
    expect(duplicatedNames(['B/a', 'B/a#01', 'B/a#02', 'B/issue#12'])).toEqual(['B/a']);
  });
});

describe('crashOutput', () => {
  it('puts the reason last', () => {
    const stacks = 'panic: boom [recovered]\n\ngoroutine 1 [running]:\nmain.go:1 +0x2\n';
    expect(crashOutput('out', stacks).split('\n').at(-1)).toBe('panic: boom [recovered]');
    expect(
      crashOutput('', 'fatal error: all goroutines are asleep - deadlock!\n\ng').split('\n').at(-1),
    ).toBe('fatal error: all goroutines are asleep - deadlock!');
    expect(crashOutput('just this\n', '')).toBe('just this');
  });
});

describe('patchTesting', () => {
  const source = `package testing

func (b *B) runN(n int) {
	benchmarkLock.Lock()
	// by clearing garbage from previous runs.
	runtime.GC()
	b.N = n
}

func runBenchmarks() bool {
	main.runN(1)
	return !main.failed
}

func (b *B) Run(name string, f func(b *B)) bool {
	if sub.run1() {
		sub.run()
	}
	b.add(sub.result)
	return !sub.failed
}
`;

  it('adds the three calls and nothing else', () => {
    const patched = patchTesting(source);
    expect(patched).toEqual({
      state: 'patched',
      text: `${source
        .replace('runtime.GC()', 'assayCollect()')
        .replace('main.runN(1)', 'main.runN(1)\n\tassayEnd()')
        .replace('if sub.run1() {\n\t\tsub.run()\n\t}', 'sub.assayRun()')}\nvar _ = runtime.GC\n`,
    });
  });

  it('knows Windows line ends', () => {
    expect(patchTesting(source.replaceAll('\n', '\r\n')).state).toBe('patched');
  });

  it('refuses a text that it does not know', () => {
    expect(patchTesting(source.replace('sub.run1()', 'sub.tryOnce()'))).toEqual({
      state: 'unknown',
      missing: 'the run of a benchmark',
    });
    expect(patchTesting(source.replace('runtime.GC()', 'runtime.GC()\n\truntime.GC()')).state).toBe(
      'patched',
    );
    expect(
      patchTesting(source.replace('func (b *B) runN(n int) {', 'func (b *B) runMany(n int) {')).state,
    ).toBe('unknown');
  });
});

describe('errorPlaces', () => {
  it('reads the compiler and the loader', () => {
    const output = `# example.com/x [example.com/x.test]
./a_test.go:12:3: undefined: Foo
pkg/b_test.go:4:2: package gone is not in std
./code.go:1:1: not a test
FAIL	example.com/x [build failed]`;
    expect(errorPlaces(output)).toEqual([
      { file: 'a_test.go', line: 12 },
      { file: 'b_test.go', line: 4 },
    ]);
  });
});

describe('withoutDeclaration', () => {
  const text = `package x

import (
	"testing"
	"gone"
)

// Doc.
func BenchmarkOne(b *testing.B) {
	_ = "}"
	New()
}

//go:embed data.txt
var data string

func TestMain(m *testing.M) { New() }
`;

  it('blanks one declaration with its comment and keeps the lines', () => {
    const reduced = withoutDeclaration(text, 11)!;
    expect(reduced.split('\n').slice(7, 12)).toEqual(['', '', '', '', '']);
    expect(reduced.split('\n')).toHaveLength(text.split('\n').length);
    expect(reduced).toContain('//go:embed data.txt\nvar data string');
  });

  it('blanks one import of a list', () => {
    expect(withoutDeclaration(text, 5)).toBe(text.replace('\t"gone"', ''));
  });

  it('takes the directive with its variable', () => {
    expect(withoutDeclaration(text, 15)).not.toContain('go:embed');
  });

  it('never drops TestMain', () => {
    expect(withoutDeclaration(text, 17)).toBeUndefined();
  });

  it('leaves what is gone as it is', () => {
    const once = withoutDeclaration(text, 5)!;
    expect(withoutDeclaration(once, 5)).toBe(once);
  });
});
