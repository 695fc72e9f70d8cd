import { benchErrors } from '../errors.ts';

/**
 * A user's regular expression.
 *
 * @throws AssayError `bench/bad-pattern`
 */
export function pattern(source: string, where: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    try {
      return new RegExp(source); // escapes that the strict mode refuses, such as \-
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw benchErrors.create('bench/bad-pattern', { pattern: source, where, reason });
    }
  }
}
