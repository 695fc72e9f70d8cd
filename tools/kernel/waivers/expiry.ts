/**
 * Dates of waivers are calendar days in UTC, `2026-12-31`, and hold until the end of that day. Kept free of other
 * modules: the plugin's hook loads it before every run.
 */

/** The day of a moment, UTC. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** A day that is in the calendar: `2026-02-30` is not. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(new Date(time)) === text;
}

export function hasExpired(expires: string, today: string): boolean {
  return expires < today;
}

/**
 * Which of the `quarantine` entries of a config file have expired, by position: `0,3`; empty for none. The day itself
 * is not in it, so that it changes on the day an entry expires and on no other.
 *
 * @param text of the file; what is not JSON, or has no such entries, has none that expired
 */
export function expiredEntries(text: string, today: string): string {
  try {
    const { quarantine } = JSON.parse(text.replace(/^\uFEFF/, '')) as { quarantine?: unknown };
    if (!Array.isArray(quarantine)) return '';
    return quarantine
      .flatMap((entry: { expires?: unknown } | null, index) =>
        isDay(entry?.expires) && hasExpired(entry.expires, today) ? [index] : [],
      )
      .join(',');
  } catch {
    return '';
  }
}
