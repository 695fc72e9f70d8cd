/** Languages whose processes can be counted so that the figures repeat. */
export type CountLanguage = 'typescript' | 'python' | 'go';

export interface CountTraits {
  /**
   * Relative change that two builds of the same code may show beyond what the run itself saw (`npm run bench:counts`
   * measures it): compilers that run in another order, the runtime's own threads.
   */
  readonly allowance: number;
  /** Nanoseconds of work, at full speed, before counting starts: the optimising compiler has had its turn then. */
  readonly warmupNs: number;
  /** Calls after which a function is surely optimised; the warm-up holds as many, if that takes no longer than this. */
  readonly warmupCalls?: { readonly calls: number; readonly mostNs: number };
  /** Nanoseconds of work, at full speed, between the two points of a slope. */
  readonly slopeNs: number;
  /** Slopes of each side that are aimed at. */
  readonly slopes: number;
  /** Garbage stays where it is while counting, so that memory bounds the operations. */
  readonly keepsGarbage: boolean;
}

export const COUNT_TRAITS: Readonly<Record<CountLanguage, CountTraits>> = {
  typescript: {
    allowance: 7e-4,
    warmupNs: 25e6,
    // V8 optimises at 3,000 calls, less where there are loops; what it compiles late is taken for the work.
    warmupCalls: { calls: 3600, mostNs: 60e6 },
    slopeNs: 40e6,
    slopes: 3,
    keepsGarbage: false,
  },
  python: { allowance: 2e-4, warmupNs: 5e6, slopeNs: 30e6, slopes: 3, keepsGarbage: false },
  go: { allowance: 6e-4, warmupNs: 5e6, slopeNs: 80e6, slopes: 5, keepsGarbage: true },
};

export function isCountLanguage(language: string): language is CountLanguage {
  return language in COUNT_TRAITS;
}
