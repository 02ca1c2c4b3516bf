import { open, readFile, rename, stat, writeFile } from "node:fs/promises";
import pg from "pg";
import { parse } from "yaml";
import type { Contender } from "./contender.ts";

/**
 * The least possible work, for one change at a time and a file with one known layout: read the file's `stat`,
 * compare bytes, parse the changed chunk, one transaction, and a temporary file that is synced and renamed.
 * It has no lock, backup, history, ancestor or check. It is a yardstick, not a design.
 */
export class Floor implements Contender {
  readonly name = "floor";
  private readonly pool: pg.Pool;
  private bytes = Buffer.alloc(0);
  private mtime = 0n;

  constructor(
    databaseUrl: string,
    readonly path: string,
  ) {
    this.pool = new pg.Pool({ connectionString: databaseUrl });
    // The cluster may stop before the last idle connection has closed.
    this.pool.on("error", () => undefined);
  }

  async run(): Promise<void> {
    const { mtimeNs } = await stat(this.path, { bigint: true });
    const tx = await this.pool.connect();
    try {
      await tx.query("BEGIN");
      const { rows } = await tx.query<{ task_id: string }>("SELECT task_id FROM task_edits");
      if (mtimeNs !== this.mtime) await this.carryToRow(tx, mtimeNs);
      for (const { task_id } of rows) await this.carryToFile(tx, task_id);
      await tx.query("COMMIT");
    } finally {
      tx.release();
    }
  }

  private async carryToRow(tx: pg.PoolClient, mtime: bigint): Promise<void> {
    const bytes = await readFile(this.path);
    const changed = firstDifference(this.bytes, bytes);
    this.mtime = mtime;
    if (changed < 0) return;
    this.bytes = bytes;
    const [task] = parse(chunkAt(bytes, changed).toString()) as [
      { id: number; params: unknown; updated_at: string },
    ];
    await tx.query("UPDATE tasks SET params = $2, updated_at = $3 WHERE source = 'default' AND id = $1", [
      String(task.id),
      JSON.stringify(task.params),
      task.updated_at,
    ]);
  }

  private async carryToFile(tx: pg.PoolClient, id: string): Promise<void> {
    const { rows } = await tx.query<{ params: { retries: number } }>(
      "SELECT params FROM tasks WHERE source = 'default' AND id = $1",
      [id],
    );
    await this.replace(this.spliced(Number(id), rows[0]?.params.retries ?? 0));
    await tx.query("DELETE FROM task_edits");
  }

  private spliced(id: number, retries: number): Buffer[] {
    const value = this.bytes.indexOf("retries: ", this.bytes.indexOf(`- id: ${id}\n`)) + "retries: ".length;
    return [
      this.bytes.subarray(0, value),
      Buffer.from(String(retries)),
      this.bytes.subarray(this.bytes.indexOf("\n", value)),
    ];
  }

  private async replace(parts: Buffer[]): Promise<void> {
    const temporary = `${this.path}.tmp`;
    const file = await open(temporary, "w");
    await file.writev(parts);
    await file.sync();
    await file.close();
    await rename(temporary, this.path);
    this.bytes = Buffer.concat(parts);
    this.mtime = (await stat(this.path, { bigint: true })).mtimeNs;
  }

  async empty(text: string): Promise<void> {
    await this.pool.query("TRUNCATE tasks, task_edits");
    await writeFile(this.path, text);
    this.bytes = await readFile(this.path);
    this.mtime = (await stat(this.path, { bigint: true })).mtimeNs;
  }

  async seed(text: string): Promise<void> {
    await this.empty(text);
    const ids = [...text.matchAll(/- id: (\d+)\n/g)].map((match) => match[1]);
    await this.pool.query(
      `INSERT INTO tasks (source, id, skill_name, schedule_cron, params)
       SELECT 'default', id, 'daily-backup', '0 2 * * *', '{"retries": 0}' FROM unnest($1::text[]) AS id`,
      [ids],
    );
  }

  async changeRows(ids: readonly number[], retries: number): Promise<void> {
    const keys = ids.map(String);
    await this.pool.query(
      "UPDATE tasks SET params = jsonb_set(params, '{retries}', to_jsonb($2::int)) WHERE id = " +
        "ANY($1::text[])",
      [keys, retries],
    );
    await this.pool.query(
      "INSERT INTO task_edits (source, task_id, actor) SELECT 'default', id, 'sql' FROM " +
        "unnest($1::text[]) AS id",
      [keys],
    );
  }

  async prepare(): Promise<void> {
    // Nothing waits for it.
  }

  async read(): Promise<void> {
    (await readFile(this.path)).toString();
  }

  async writer(id: number, retries: number): Promise<() => Promise<void>> {
    return () => this.replace(this.spliced(id, retries));
  }

  async rowRetries(id: number): Promise<number> {
    const { rows } = await this.pool.query<{ retries: number }>(
      "SELECT (params->>'retries')::int AS retries FROM tasks WHERE id = $1",
      [String(id)],
    );
    return rows[0]?.retries ?? NaN;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

const BLOCK = 1 << 16;

function firstDifference(a: Buffer, b: Buffer): number {
  let at = 0;
  while (at < a.length && a.subarray(at, at + BLOCK).equals(b.subarray(at, at + BLOCK))) at += BLOCK;
  if (at >= a.length && a.length === b.length) return -1;
  while (a[at] === b[at]) at += 1;
  return at;
}

/** The lines from the dash before `at` to the next dash. */
function chunkAt(bytes: Buffer, at: number): Buffer {
  const end = bytes.indexOf("\n  - id:", at);
  return bytes.subarray(bytes.lastIndexOf("\n  - id:", at) + 1, end === -1 ? bytes.length : end);
}
