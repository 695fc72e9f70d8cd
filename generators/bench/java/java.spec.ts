import { describe, expect, it } from 'vitest';
import { fixtureTree } from '../fixture-tree.ts';
import benchGenerator from '../generator.ts';
import type { BenchGeneratorOptions } from '../options.ts';

async function run(options: Partial<BenchGeneratorOptions> = {}) {
  const tree = fixtureTree({ 'libs/shop': 'java-odd' });
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  await benchGenerator(
    tree,
    { project: 'libs/shop', skipFormat: true, ...options },
    { readProjects: async () => [], info: say, warn: say },
  );
  return { tree, said, text: (file: string) => tree.read(`libs/shop/${file}`, 'utf-8') ?? '(missing)' };
}

describe('Java', () => {
  it('measures public static methods with samples of their types', async () => {
    const { text, said } = await run({ count: 20 });
    expect(text('src/test/java/com/acme/shop/PricesBenchmark.java')).toMatchInlineSnapshot(`
      "package com.acme.shop;

      import java.math.BigDecimal;
      import java.nio.charset.StandardCharsets;
      import java.util.ArrayList;
      import java.util.Collections;
      import java.util.LinkedHashMap;
      import java.util.LinkedHashSet;
      import java.util.List;
      import java.util.Map;
      import java.util.Set;
      import java.util.concurrent.TimeUnit;
      import org.openjdk.jmh.annotations.Benchmark;
      import org.openjdk.jmh.annotations.BenchmarkMode;
      import org.openjdk.jmh.annotations.Mode;
      import org.openjdk.jmh.annotations.OutputTimeUnit;
      import org.openjdk.jmh.annotations.Scope;
      import org.openjdk.jmh.annotations.Setup;
      import org.openjdk.jmh.annotations.State;
      import org.openjdk.jmh.infra.Blackhole;

      // The inputs below are samples made from types and names: put in what your users send.
      @State(Scope.Thread)
      @BenchmarkMode(Mode.AverageTime)
      @OutputTimeUnit(TimeUnit.NANOSECONDS)
      public class PricesBenchmark {
          private List<Prices.Line> totalLines;
          private Prices.Currency totalCurrency;
          private Iterable<? extends Integer> largestValues;
          private Map<String, Long> mergedLeft;
          private Map<String, Long> mergedRight;
          private Set<Character> mergedSeen;
          private double[] meanValues;
          private byte[] checkData;
          private char checkMark;
          private short checkFew;
          private boolean checkStrict;
          private String drainText;

          @Setup
          public void inputs() {
              {
                  ArrayList<Prices.Line> linesSample = new ArrayList<>();
                  for (int i = 0; i < 100; i++) linesSample.add(new Prices.Line("SKU-0001", i + 1L, new BigDecimal("19.99"), Collections.singletonList(i + 1)));
                  totalLines = linesSample;
              }
              totalCurrency = Prices.Currency.EUR;
              {
                  ArrayList<Integer> valuesSample = new ArrayList<>();
                  for (int i = 0; i < 100; i++) valuesSample.add(i + 1);
                  largestValues = valuesSample;
              }
              {
                  LinkedHashMap<String, Long> leftSample = new LinkedHashMap<>();
                  for (int i = 0; i < 100; i++) leftSample.put("key-" + i, i + 1L);
                  mergedLeft = leftSample;
              }
              {
                  LinkedHashMap<String, Long> rightSample = new LinkedHashMap<>();
                  for (int i = 0; i < 100; i++) rightSample.put("key-" + i, i + 1L);
                  mergedRight = rightSample;
              }
              {
                  LinkedHashSet<Character> seenSample = new LinkedHashSet<>();
                  for (int i = 0; i < 100; i++) seenSample.add((char) ('a' + i));
                  mergedSeen = seenSample;
              }
              {
                  meanValues = new double[100];
                  for (int i = 0; i < 100; i++) meanValues[i] = i + 0.5;
              }
              checkData = "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);
              checkMark = 'a';
              checkFew = (short) 10;
              checkStrict = true;
              drainText = "The quick brown fox jumps over the lazy dog";
          }

          @Benchmark
          public void total(Blackhole result) {
              result.consume(Prices.total(totalLines, totalCurrency));
          }

          @Benchmark
          public void largest(Blackhole result) {
              result.consume(Prices.largest(largestValues));
          }

          @Benchmark
          public void merged(Blackhole result) {
              result.consume(Prices.merged(mergedLeft, mergedRight, mergedSeen));
          }

          @Benchmark
          public void mean(Blackhole result) {
              result.consume(Prices.mean(meanValues));
          }

          @Benchmark
          public void check() throws Exception {
              Prices.check(checkData, checkMark, checkFew, checkStrict);
          }

          @Benchmark
          public void drain(Blackhole result) {
              result.consume(Prices.drain(drainText));
          }
      }
      "
    `);
    expect(text('src/test/java/com/acme/other/ThingBenchmark.java')).toContain(
      '        result.consume(Thing.shown(shownCodes));',
    );
    expect(said).toEqual([
      expect.stringMatching(/PricesBenchmark\.java: total, largest, merged, mean, check, drain\.$/),
      expect.stringMatching(/ThingBenchmark\.java: shown\.$/),
      'libs/shop/pom.xml: added org.openjdk.jmh jmh-core and jmh-generator-annprocess for tests (1.37 where it named none).',
      expect.stringContaining('is no project yet'),
    ]);
  });

  it('overwrites nothing', async () => {
    const { tree } = await run();
    const before = tree.read('libs/shop/pom.xml', 'utf-8');
    await expect(
      benchGenerator(
        tree,
        { project: 'libs/shop', skipFormat: true },
        { readProjects: async () => [], info: () => {}, warn: () => {} },
      ),
    ).rejects.toThrow();
    expect(tree.read('libs/shop/pom.xml', 'utf-8')).toBe(before);
  });
});
