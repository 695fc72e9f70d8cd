/**
 * Whether Rust code reads what is not in its binary: files, the environment, other programs. Two binaries of equal
 * bytes may then still behave differently in two trees. `include_str!` and `env!` are in the binary. Comments count as
 * code: too many is harmless.
 */
export function readsAtRunTime(text: string): boolean {
  return READS.test(text);
}

const READS =
  /\bfs\b|\bFile\b|\bOpenOptions\b|\bPath(?:Buf)?\b|\bCommand\b|\bcurrent_(?:dir|exe)\b|\bargs(?:_os)?\s*\(|(?<!option_)\benv::|\bvars?(?:_os)?\s*\(|\bMmap|\bdlopen\b|\bLibrary::|\bfrom_path\b|\bfrom_file\b|\bopen\s*\(|\bsqlite|\bTcpStream\b|\bextern\s+"C"/;
