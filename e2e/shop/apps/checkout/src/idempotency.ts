import { createHash } from 'node:crypto';

export type Remembered<T> =
  | { readonly state: 'new' }
  | { readonly state: 'replay'; readonly answer: T }
  | { readonly state: 'conflict' };

interface Entry<T> {
  readonly digest: string;
  readonly answer: T;
  readonly expires: number;
}

/**
 * Remembers the answer to each idempotency key, so that a repeated request is answered and not carried
 * out twice. A key that comes again with another body is a conflict. The oldest keys go first.
 */
export class IdempotencyStore<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #capacity: number;
  readonly #lifetimeMs: number;

  constructor(capacity: number, lifetimeMs: number) {
    this.#capacity = capacity;
    this.#lifetimeMs = lifetimeMs;
  }

  look(key: string, body: unknown, now: number): Remembered<T> {
    const entry = this.#entries.get(key);
    if (!entry || entry.expires <= now) return { state: 'new' };
    return entry.digest === digest(body) ? { state: 'replay', answer: entry.answer } : { state: 'conflict' };
  }

  remember(key: string, body: unknown, answer: T, now: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { digest: digest(body), answer, expires: now + this.#lifetimeMs });
    for (const [oldest, entry] of this.#entries) {
      if (this.#entries.size <= this.#capacity && entry.expires > now) break;
      this.#entries.delete(oldest);
    }
  }

  get size(): number {
    return this.#entries.size;
  }
}

/** A hash of a JSON value that does not depend on the order of its keys. */
export function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`);
  return `{${fields.join(',')}}`;
}
