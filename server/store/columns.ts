/** Rows sent with one statement: enough to make its cost small, few enough not to block the event loop. */
const BATCH = 2_000;

/**
 * Turns rows into one array per column for `unnest($1::text[], $2::jsonb[] ...)`, so that one statement
 * writes any number of rows.
 */
export function toColumns<Row>(rows: readonly Row[], pick: readonly ((row: Row) => unknown)[]): unknown[][] {
  return pick.map((read) => rows.map(read));
}

/** Runs `send` for batches of the rows, one after the other. */
export async function inBatches<Row>(
  rows: readonly Row[],
  send: (batch: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) await send(rows.slice(start, start + BATCH));
}
