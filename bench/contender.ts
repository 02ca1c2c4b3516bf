/** A program that keeps a file and a `tasks` table in step, and the operations that are measured. */
export interface Contender {
  name: "baseline" | "floor" | "lockstep";
  /** Path of its file. */
  path: string;
  /** Puts the text into both sides, so that nothing is left to do. */
  seed(text: string): Promise<void>;
  /** Empties the database and puts the text into the file. */
  empty(text: string): Promise<void>;
  /** Edits rows by SQL. */
  changeRows(ids: readonly number[], retries: number): Promise<void>;
  /** Prepares a run; this is not measured. */
  prepare(): Promise<void>;
  /** Runs one sync. */
  run(): Promise<void>;
  /** Reads the file as after a start. */
  read(): Promise<void>;
  /** Reads the file (not measured) and returns the work of writing it with one changed field. */
  writer(id: number, retries: number): Promise<() => Promise<void>>;
  rowRetries(id: number): Promise<number>;
  close(): Promise<void>;
}
