import { recordingsErrors } from './errors.ts';

/** Where a value stands, for messages. */
export interface Place {
  readonly path: string;
  readonly format: string;
  /** Such as `benchmarks[2].stats`. */
  readonly at: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** A checked look at JSON that others wrote: every step that finds something else throws `recordings/malformed`. */
export class JsonView {
  readonly value: unknown;
  readonly place: Place;

  constructor(value: unknown, place: Place) {
    this.value = value;
    this.place = place;
  }

  /** @throws AssayError `recordings/malformed` */
  fail(problem: string): never {
    const { path, format, at } = this.place;
    throw recordingsErrors.create('recordings/malformed', {
      path,
      format,
      place: at || 'the whole',
      problem,
    });
  }

  has(key: string): boolean {
    return isObject(this.value) && Object.hasOwn(this.value, key) && this.value[key] !== null;
  }

  /** A field, which must be there. */
  get(key: string): JsonView {
    const found = this.maybe(key);
    return found ?? this.fail(`has no '${key}'`);
  }

  /** A field that may be absent or null. */
  maybe(key: string): JsonView | undefined {
    const fields = this.fields();
    if (!Object.hasOwn(fields, key) || fields[key] === null || fields[key] === undefined) return undefined;
    return new JsonView(fields[key], this.#below(key));
  }

  fields(): Fields {
    return isObject(this.value) ? this.value : this.fail('is not an object');
  }

  items(): readonly JsonView[] {
    if (!Array.isArray(this.value)) this.fail('is not an array');
    return (this.value as readonly unknown[]).map(
      (item, index) => new JsonView(item, { ...this.place, at: `${this.place.at}[${index}]` }),
    );
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.fail('is not a text');
  }

  /** Any JSON number. What can be measured is checked with the samples. */
  number(): number {
    return typeof this.value === 'number' ? this.value : this.fail('is not a number');
  }

  count(): number {
    const value = this.number();
    return Number.isInteger(value) && value >= 0 ? value : this.fail('is not a count');
  }

  /**
   * Samples as they stand there. Null, and texts such as `NaN` that stand for a number, become NaN, which the check of samples
   * reports by its place.
   */
  samples(): readonly number[] {
    return this.items().map((item) => {
      if (typeof item.value === 'number') return item.value;
      if (item.value === null) return Number.NaN;
      if (typeof item.value === 'string' && /^[-+]?(?:nan|inf(?:inity)?)$/i.test(item.value))
        return Number.NaN;
      return item.fail('is not a number');
    });
  }

  #below(key: string): Place {
    const { at } = this.place;
    return { ...this.place, at: at === '' ? key : `${at}.${key}` };
  }
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
