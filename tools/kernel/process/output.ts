/** Output of one stream, bounded: the head and the tail are kept, the middle is dropped. */
export interface CappedOutput {
  push(chunk: Buffer): void;
  text(): string;
  readonly truncated: boolean;
}

/**
 * Keeps at most about `maxBytes`, half of it from the start (where a tool says what it does) and half
 * from the end (where it says what went wrong). Bytes are decoded once, at the end.
 */
export function cappedOutput(maxBytes: number): CappedOutput {
  const half = Math.max(1, Math.floor(maxBytes / 2));
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let dropped = 0;

  const shrinkTail = (): void => {
    const all = Buffer.concat(tail);
    dropped += all.length - half;
    tail = [all.subarray(all.length - half)];
    tailBytes = half;
  };

  return {
    push(chunk) {
      const room = half - headBytes;
      if (room > 0) {
        head.push(chunk.length <= room ? chunk : chunk.subarray(0, room));
        headBytes += Math.min(room, chunk.length);
      }
      if (chunk.length <= room) return;
      const rest = room > 0 ? chunk.subarray(room) : chunk;
      tail.push(rest);
      tailBytes += rest.length;
      if (tailBytes > 4 * half) shrinkTail(); // not at each chunk: a copy each time would cost more than memory
    },
    text() {
      if (tailBytes > half) shrinkTail();
      if (dropped === 0) return Buffer.concat([...head, ...tail]).toString('utf8');
      return `${Buffer.concat(head).toString('utf8')}\n… ${dropped} bytes left out …\n${Buffer.concat(tail).toString('utf8')}`;
    },
    get truncated() {
      return dropped > 0 || tailBytes > half;
    },
  };
}
