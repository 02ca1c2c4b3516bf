import type { CsvConfig } from "../../../lib/source/csv/csv-config.ts";
import type { ValueOf } from "../over-http/secrets.ts";
import type { MayUse } from "../may-use.ts";

export interface CsvOptions {
  config: CsvConfig;
  /** The path of the file, or the address. */
  place: string;
  /** Whether the file may be read; its path has its symbolic links followed. */
  mayUse: MayUse;
  /** Values of the environment, for `${NAME}` in the configuration. */
  valueOf: ValueOf;
  /** Milliseconds of the clock by which a file is at rest and tokens expire; left out: the machine's. */
  now?: () => number;
}
