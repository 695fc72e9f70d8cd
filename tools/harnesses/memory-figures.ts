/** A figure of memory that drivers tell as `extra`, and that is judged as time is. */
export interface MemoryFigure {
  readonly name: string;
  readonly unit: string;
}

/**
 * What drivers may tell of memory. Names and units are a contract: metric ids hold the names, and only a figure of
 * this name and unit is judged; whatever else a library reports stays informational.
 */
export const MEMORY_FIGURES = {
  /** All that an operation allocates, whatever becomes of it. */
  bytes: { name: 'allocated bytes per operation', unit: 'B/op' },
  allocations: { name: 'allocations per operation', unit: 'allocs/op' },
  /** Most that was alive at once while one operation ran, beyond what was alive before it. */
  peakOfOperation: { name: 'peak memory per operation', unit: 'bytes/op' },
  /** Largest resident set of the process. */
  peak: { name: 'peak memory', unit: 'bytes' },
} as const satisfies Readonly<Record<string, MemoryFigure>>;

export type MemoryFigureKind = keyof typeof MEMORY_FIGURES;

/** Which of them a reported figure is, if any. */
export function memoryFigureKind(figure: MemoryFigure): MemoryFigureKind | undefined {
  const kinds = Object.keys(MEMORY_FIGURES) as MemoryFigureKind[];
  return kinds.find((kind) => {
    const { name, unit } = MEMORY_FIGURES[kind];
    return name === figure.name && unit === figure.unit;
  });
}
