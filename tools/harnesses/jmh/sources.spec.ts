import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discoverBenchmarkFiles } from './discover.ts';
import { nameIn } from './drive.ts';
import { benchmarkLines, mentionsJmh, topLevelTypes } from './java-source.ts';
import { overlaySources } from './test-sources.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay jmh '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const bench = (head: string, body = '') =>
  `package p;\nimport org.openjdk.jmh.annotations.*;\n${head} { @Benchmark public int of() { return 1; } ${body} }\n`;

describe('discoverBenchmarkFiles', () => {
  it('takes benchmarks and what inherits them, and neither comments, nor other projects, nor results', async () => {
    write({
      'src/test/java/p/One.java': bench('public class One'),
      'src/main/java/p/target/Two.java': bench('class Two'),
      'src/test/java/p/Base.java': bench('public abstract class Base'),
      'src/test/java/p/Middle.java': 'package p;\nabstract class Middle extends Base {}\n',
      'src/test/java/p/Leaf.java': 'package p;\nclass Leaf extends p.Middle {}\n',
      'src/test/java/p/Said.java': '// @Benchmark of org.openjdk.jmh\nclass Said {}\n',
      'src/test/java/p/Quoted.java': 'class Quoted { String s = "@Benchmark org.openjdk.jmh {"; }\n',
      'src/test/java/p/Other.java': 'import com.caliper.Benchmark;\nclass Other { @Benchmark void x() {} }\n',
      'target/generated/p/G.java': bench('class G'),
      'module/pom.xml': '',
      'module/src/test/java/p/M.java': bench('class M'),
    });
    expect(await discoverBenchmarkFiles(root, undefined)).toEqual([
      'src/main/java/p/target/Two.java',
      'src/test/java/p/Leaf.java',
      'src/test/java/p/One.java',
    ]);
    expect(await discoverBenchmarkFiles(root, ['src/test/**/O*.java'])).toEqual(['src/test/java/p/One.java']);
  });
});

describe('overlaySources', () => {
  it('lends benchmarks with the test helpers and resources they name, and nothing of the product', async () => {
    write({
      'src/test/java/p/One.java': bench('public class One', 'Helper h; Product q; // Unmentioned'),
      'src/test/java/p/Helper.java': 'package p;\nclass Helper { Deeper d; }\n',
      'src/test/java/p/Deeper.java': 'package p;\nclass Deeper {}\nclass Beside {}\n',
      'src/test/java/p/Unmentioned.java': 'package p;\nclass Unmentioned {}\n',
      'src/main/java/p/Product.java': 'package p;\npublic class Product {}\n',
      'src/test/resources/deep/data.json': '{}',
      'src/main/resources/data.json': '{}',
    });
    expect(await overlaySources(root, ['src/test/java/p/One.java'])).toEqual([
      'src/test/java/p/Deeper.java',
      'src/test/java/p/Helper.java',
      'src/test/java/p/One.java',
      'src/test/resources/deep/data.json',
    ]);
  });

  it('lends of a module of benchmarks their own files only', async () => {
    write({
      'src/main/java/p/One.java': bench('public class One', 'Helper h;'),
      'src/main/java/p/Helper.java': 'package p;\nclass Helper {}\n',
      'src/main/resources/data.json': '{}',
    });
    expect(await overlaySources(root, ['src/main/java/p/One.java'])).toEqual(['src/main/java/p/One.java']);
  });
});

describe('topLevelTypes', () => {
  it('reads names, packages and parents, through comments, strings and generics', () => {
    const text = `/* class No {} */
package a.b ; // class Neither {
@State(Scope.Thread) public abstract class One<T extends Comparable<T>> extends x.y.Zero<T> implements I {
  String s = "class { Inner"; char c = '{'; String t = """
    class Block {""";
  static class Inner { @Benchmark int x() { return 1; } }
}
record Two(int a) {}
interface Three {}
`;
    expect(topLevelTypes(text)).toEqual([
      { name: 'a.b.One', simpleName: 'One', isAbstract: true, extends: 'Comparable', hasBenchmarks: true },
      { name: 'a.b.Two', simpleName: 'Two', isAbstract: false, hasBenchmarks: false },
      { name: 'a.b.Three', simpleName: 'Three', isAbstract: false, hasBenchmarks: false },
    ]);
  });
});

describe('benchmarkLines', () => {
  it('finds the method behind all its annotations, and the group', () => {
    const text = `class A {
  @Benchmark
  @BenchmarkMode({Mode.AverageTime, Mode.Throughput}) @Fork(jvmArgs = {"-Da=(b)", "-Xmx1g"})
  public <T> int
      first(final Blackhole hole) { call(); return 1; }

  @Group("both") @Benchmark public int second() { return 2; }
  // @Benchmark int third() {}
}
`;
    expect(benchmarkLines(text)).toEqual(
      new Map([
        ['first', 5],
        ['second', 7],
        ['both', 7],
      ]),
    );
  });
});

describe('mentionsJmh', () => {
  it.each([
    ['import org.openjdk.jmh.annotations.Benchmark;\n@Benchmark', true],
    ['@org.openjdk.jmh.annotations.Benchmark', true],
    ['import org.openjdk.jmh.annotations.*;\n@BenchmarkMode(x)', false],
    ['@Benchmark', false],
  ])('%j: %s', (text, expected) => {
    expect(mentionsJmh(text)).toBe(expected);
  });
});

describe('nameIn', () => {
  const launch = (className: string) => ({ className, name: 'm [a=1]', command: 'java', args: [] });
  it.each([
    ['p.One', 'm [a=1]'],
    ['p.One.Inner', 'Inner › m [a=1]'],
    ['p.Two', 'Two › m [a=1]'],
    ['p.OneMore', undefined],
  ])('%s: %s', (className, expected) => {
    expect(nameIn(['p.One', 'p.Two'], launch(className))).toBe(expected);
  });
});
