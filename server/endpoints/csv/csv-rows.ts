import { pipeline, Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import type { JsonMap } from "../../../lib/json.ts";
import type { Problem } from "../../../lib/problem.ts";
import { CollectionUnreadable } from "../collection.ts";

/** Rows of a table, with those that could not be read as such. */
export interface CsvRows {
  /** The number of the first of these records, from 1; the line with the names of the columns does not count. */
  first: number;
  rows: JsonMap[];
  /** Records that do not fit the columns. While there are any, no absence proves anything. */
  broken: Problem[];
}

/** Rows that are read and stored together. */
const ROWS = 1_000;
/** A longer record is a quote that was never closed. */
const LONGEST_RECORD = 1_000_000;

/**
 * Reads the records of a CSV text (RFC 4180) as maps from the names of its first line, a part at a time. There is always one
 * part, which is empty for a table without rows.
 * @throws {CollectionUnreadable} with the line, when it is no such text.
 */
export async function* csvRows(
  pieces: AsyncIterable<string>,
  { delimiter, request }: { delimiter: string; request: string },
): AsyncGenerator<CsvRows> {
  let part: CsvRows = { first: 1, rows: [], broken: [] };
  const noteBroken = (error: CsvError) =>
    part.broken.push({ code: "unusable_answer", message: `${request}: ${error.message}` });
  const parser = parse({
    bom: true,
    columns: columnsOf,
    delimiter,
    max_record_size: LONGEST_RECORD,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => void (error && noteBroken(error)),
  });
  // An error of either end destroys the other, so that it reaches the loop below.
  pipeline(Readable.from(pieces), parser, () => undefined);
  try {
    for await (const record of parser as AsyncIterable<Record<string, string>>) {
      part.rows.push(record);
      if (part.rows.length < ROWS) continue;
      yield part;
      part = { first: part.first + part.rows.length + part.broken.length, rows: [], broken: [] };
    }
  } catch (error) {
    if (error instanceof CollectionUnreadable) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new CollectionUnreadable({ code: "unusable_answer", message: `${request}: ${message}` });
  }
  if (part.rows.length + part.broken.length > 0 || part.first === 1) yield part;
}

/** @throws {Error} when a column has no name, or two have the same. */
function columnsOf(header: string[]): string[] {
  const names = header.map((name) => name.trim());
  const empty = names.indexOf("");
  if (empty >= 0) throw new Error(`column ${empty + 1} has no name in the first line`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`the first line has two columns with the name ${twice}`);
  return names;
}
