import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Turns } from '../../harness.ts';

/** Bound before any benchmark runs, so that a faked file system cannot reach them. */
const [open, close, read, write] = [openSync, closeSync, readSync, writeSync];
const byte = Buffer.alloc(1);

/** This process's place where two take turns; see `Turns` in harness.ts for the rules. */
export class TurnTaker {
  readonly place: Turns;
  private ends: { readonly reads: number; readonly writes: number } | undefined;
  private opened = false;
  private chunk = 0;

  constructor(place: Turns) {
    this.place = place;
  }

  /** Meets the other process at the beginning of a benchmark. */
  meet(): void {
    if (!this.opened) this.open();
    this.chunk = 0;
    this.give();
    this.take();
  }

  /** Before each chunk: waits for the turn where one begins. */
  next(): void {
    if (this.ends === undefined) return;
    if (this.chunk++ % this.place.chunks !== 0) return;
    if (this.chunk > 1) this.give();
    if (this.chunk > 1 || !this.place.first) this.take();
  }

  /** After the last chunk, and only if there were as many as were asked for. */
  finish(): void {
    this.give();
    if (this.place.first) this.take();
  }

  /** The other one need not wait for this process any more. */
  close(): void {
    this.opened = true;
    const { ends } = this;
    this.ends = undefined;
    if (ends === undefined) return;
    close(ends.reads);
    close(ends.writes);
  }

  private open(): void {
    this.opened = true;
    const { reads, writes, first } = this.place;
    if (first) {
      const taking = open(reads, 'r');
      this.ends = { reads: taking, writes: open(writes, 'w') };
    } else {
      const giving = open(writes, 'w');
      this.ends = { reads: open(reads, 'r'), writes: giving };
    }
  }

  private give(): void {
    if (this.ends === undefined) return;
    try {
      write(this.ends.writes, byte);
    } catch {
      this.close(); // the other process is gone
    }
  }

  private take(): void {
    if (this.ends === undefined) return;
    try {
      if (read(this.ends.reads, byte, 0, 1, null) === 0) this.close();
    } catch {
      this.close();
    }
  }
}
