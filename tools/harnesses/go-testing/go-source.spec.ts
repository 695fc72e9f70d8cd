import { describe, expect, it } from 'vitest';
import { benchmarkFunctions, buildTarget, isBuiltFor } from './go-source.ts';

const linux = { os: 'linux', arch: 'amd64', tags: ['slow'] };

describe('benchmarkFunctions', () => {
  it('finds top-level benchmarks with their lines', () => {
    const text = `package x

func BenchmarkOne(b *testing.B) {}
func Benchmark(b *testing.B) {}
func Benchmark_under(b *testing.B) {}
func BenchmarkÄrger(
	_ *T.B,
) {
}
func BenchmarkDot(bb *B) {}
`;
    expect(benchmarkFunctions(text)).toEqual([
      { name: 'BenchmarkOne', line: 3 },
      { name: 'Benchmark', line: 4 },
      { name: 'Benchmark_under', line: 5 },
      { name: 'BenchmarkÄrger', line: 6 },
      { name: 'BenchmarkDot', line: 10 },
    ]);
  });

  it('takes nothing that go test would not take', () => {
    const text = `package x
func Benchmarking(b *testing.B) {}
func BenchmarkTwo(b *testing.B, n int) {}
func (s Suite) BenchmarkMethod(b *testing.B) {}
func benchmarkHelper(b *testing.B) {}
func BenchmarkTest(t *testing.T) {}
// func BenchmarkComment(b *testing.B) {}
/*
func BenchmarkBlock(b *testing.B) {}
*/
var s = \`
func BenchmarkString(b *testing.B) {}
\`
var quote = '"'
func BenchmarkReal(b *testing.B) {}
`;
    expect(benchmarkFunctions(text).map((found) => found.name)).toEqual(['BenchmarkReal']);
  });
});

describe('isBuiltFor', () => {
  it.each([
    ['a_test.go', '', true],
    ['a_linux_test.go', '', true],
    ['a_windows_test.go', '', false],
    ['a_arm64_test.go', '', false],
    ['a_linux_amd64_test.go', '', true],
    ['a_darwin_amd64_test.go', '', false],
    ['linux_test.go', '', true],
    ['a_test.go', '//go:build ignore', false],
    ['a_test.go', '//go:build slow', true],
    ['a_test.go', '//go:build !slow', false],
    ['a_test.go', '//go:build unix && (slow || other) && !windows', true],
    ['a_test.go', '//go:build (darwin || windows) && go1.21', false],
    ['a_test.go', '// Copyright\n\n//go:build other || go1.18', true],
  ])('%s %j: %s', (name, header, built) => {
    expect(isBuiltFor(name, `${header}\n\npackage x\n`, linux)).toBe(built);
  });

  it('reads constraints above the package clause only', () => {
    expect(isBuiltFor('a_test.go', 'package x\n\n//go:build never\n', linux)).toBe(true);
  });
});

describe('buildTarget', () => {
  it('speaks as Go does and takes the tags of GOFLAGS', () => {
    expect(buildTarget({ GOFLAGS: '-mod=mod -tags=a,b' }, 'win32', 'x64')).toEqual({
      os: 'windows',
      arch: 'amd64',
      tags: ['a', 'b'],
    });
  });

  it('prefers GOOS and GOARCH', () => {
    expect(buildTarget({ GOOS: 'js', GOARCH: 'wasm' }, 'linux', 'arm64')).toEqual({
      os: 'js',
      arch: 'wasm',
      tags: [],
    });
  });
});
