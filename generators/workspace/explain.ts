import { AssayError, isAssayError } from '../../tools/kernel/errors/assay-error.ts';

/** Runs a generator's work; an error of ours then says its remedy too, since Nx prints nothing but the message. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAssayError(error)) throw error;
    const { code, message, remedy, params } = error;
    throw new AssayError(code, `${message}\n${remedy}`, remedy, { ...params }, error.cause);
  }
}
