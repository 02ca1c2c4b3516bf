/** Someone who keeps a file and a `tasks` table in step, and what the operations ask of them. */
export interface Contender {
  name: "baseline" | "floor" | "lockstep";
  /** The file that it keeps. */
  path: string;
  /** Both sides hold what the text says, and nothing is left to do. */
  seed(text: string): Promise<void>;
  /** The database holds nothing, the file what the text says. */
  empty(text: string): Promise<void>;
  /** Somebody edits rows by SQL. */
  changeRows(ids: readonly number[], retries: number): Promise<void>;
  /** What comes before a run, and is not part of it. */
  prepare(): Promise<void>;
  /** One sync. */
  run(): Promise<void>;
  /** Reads the file as after a start. */
  read(): Promise<void>;
  /** Reads the file (not timed) and gives the work of writing it with one field changed. */
  writer(id: number, retries: number): Promise<() => Promise<void>>;
  rowRetries(id: number): Promise<number>;
  close(): Promise<void>;
}
