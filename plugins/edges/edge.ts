/** A dependency between two projects; `file` (workspace-relative) belongs to the source project. */
export interface Edge {
  readonly source: string;
  readonly target: string;
  /** Absent where the edge comes from an ancestor's manifest. */
  readonly file?: string;
}
