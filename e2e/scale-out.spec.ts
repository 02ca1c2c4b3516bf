import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { parse } from "yaml";
import { createEmptyDatabase } from "./support/database.ts";
import { Lockstep } from "./support/lockstep.ts";
import { expectLive, signedIn } from "./support/page.ts";
import { numbers, pick } from "./support/random.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

const SOURCES = ["a", "b", "c"] as const;
type Source = (typeof SOURCES)[number];
const TASKS = 6;
const ROUNDS = 3;
/** Another worker takes over the work of a dead worker within this time. */
const TAKEN_OVER_MS = 60_000;

/**
 * Each way of editing has its own parameter. So nothing conflicts, and every accepted edit must be there in
 * the end.
 */
const schedule = (source: string) =>
  `# ${source}\ntasks:\n${Array.from({ length: TASKS }, (_, i) => `  - id: ${i + 1}\n    skill_name: ${source}-${i + 1}\n    schedule_cron: "0 1 * * *"\n    params:\n      file: 0\n      api: 0\n      sql: 0\n`).join("")}`;

/**
 * A trigger in the database: when a run commits, it notes whether the run's transaction holds the lock row of its
 * source. Only one transaction can hold it.
 */
const PROBE = `
  CREATE TABLE probe (source text, pid int, alone boolean);
  CREATE FUNCTION note_run() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO probe SELECT NEW.source, pg_backend_pid(), EXISTS (
      SELECT 1 FROM locks WHERE name = 'source:' || NEW.source AND xmax = pg_current_xact_id()::xid);
    RETURN NULL;
  END $$;
  CREATE TRIGGER note_run AFTER INSERT ON runs FOR EACH ROW EXECUTE FUNCTION note_run()`;

let home: string;
let processes: Lockstep[] = [];

test.beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "lockstep-scale-"));
});
test.afterAll(async () => {
  for (const each of processes) await each.stop();
  rmSync(home, { recursive: true, force: true });
});

const fileOf = (source: Source) => join(home, `${source}.yml`);
const inFile = (source: Source) =>
  (parse(readFileSync(fileOf(source), "utf8")) as { tasks: { id: number; params: Record<string, number> }[] })
    .tasks;

test("nothing is lost with two web processes and three workers on several sources when processes die under load", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  for (const source of SOURCES) writeFileSync(fileOf(source), schedule(source));
  const sources = join(home, "sources.yml");
  writeFileSync(
    sources,
    `sources:\n${SOURCES.map((source) => `  - {id: ${source}, file: ${source}.yml}\n`).join("")}`,
  );
  const settings = { DATABASE_URL: await createEmptyDatabase(), SOURCES_FILE: sources };
  const first = await Lockstep.start({ ...settings, ROLE: "worker" });
  processes = [first];
  const [web, other, ...rest] = await Promise.all(
    ["web", "web", "worker", "worker"].map((ROLE) => first.beside({ ...settings, ROLE })),
  );
  if (!web || !other) throw new Error("two web processes");
  const workers = [first, ...rest];
  processes = [...workers.slice(1), web, other, first];
  await web.sql(PROBE);

  const allSynced = async () => {
    const answers = await Promise.all(
      SOURCES.map((source) => other.call("GET /api/sync/status", { query: { source } }).catch(() => null)),
    );
    return answers.every((answer) => answer?.body.sync_status === "synced");
  };
  await until("all sources are imported", allSynced, TAKEN_OVER_MS);
  const page = await signedIn(browser, web);

  const random = numbers(11);
  const wanted = new Map<string, number>();
  let counter = 0;
  const accepted = (source: Source, id: number, way: string, value: number) =>
    wanted.set(`${source}.${id}.${way}`, value);
  for (let round = 0; round < ROUNDS; round++) {
    const edits = SOURCES.flatMap((source) =>
      Array.from({ length: TASKS }, async (_, i): Promise<unknown> => {
        const [id, value] = [i + 1, ++counter];
        if (i % 2 === 0) {
          const answer = await pick(random, [web, other])
            .api("PATCH", `/api/tasks/${id}?source=${source}&wait=false`, { params: { api: value } })
            .catch(() => null);
          return answer?.status === 200 && accepted(source, id, "api", value);
        }
        await other.sql(
          "UPDATE tasks SET params = jsonb_set(params, '{sql}', to_jsonb($3::int)) WHERE source = $1 AND id = $2",
          [source, String(id), value],
        );
        return accepted(source, id, "sql", value);
      }),
    );
    // During the edits a worker is killed, and in one round also a web process.
    const victim = pick(random, workers);
    const web1Dies = round === 1;
    const kills = Promise.all(edits.slice(0, Math.floor(random() * edits.length))).then(() =>
      Promise.all([victim.kill9(), web1Dies ? web.kill9() : undefined]),
    );
    await Promise.all([...edits, kills]);
    if (web1Dies) {
      await expect(page.locator("[role=status]").getByText("Live", { exact: true })).not.toBeAttached();
    }
    // While the worker is dead, the others take over all its sources.
    await until("what the dead worker left is done by the others", allSynced, TAKEN_OVER_MS);
    for (const source of SOURCES) {
      const [id, value] = [1 + Math.floor(random() * TASKS), ++counter];
      const text = readFileSync(fileOf(source), "utf8").replace(
        new RegExp(`(  - id: ${id}\n(?:    .*\n)*?      file: )\\d+`),
        `$1${value}`,
      );
      writeFileSync(fileOf(source), text);
      accepted(source, id, "file", value);
    }
    await Promise.all([victim.up(), web1Dies ? web.up() : undefined]);
    await until(
      "all edits of the files are in the database",
      async () => {
        const rows = await other.sql<{ source: string; id: string; file: number }>(
          "SELECT source, id, (params ->> 'file')::int AS file FROM tasks",
        );
        return [...wanted]
          .filter(([place]) => place.endsWith(".file"))
          .every(([place, value]) =>
            rows.some((row) => `${row.source}.${row.id}.file` === place && row.file >= value),
          );
      },
      TAKEN_OVER_MS,
    );
    if (web1Dies) {
      // The page of the killed web process reconnects by itself, and shows what happened meanwhile.
      await expectLive(page);
      await other.api("PATCH", `/api/tasks/2?source=a`, { description: "while the page was disconnected" });
      await expect(page.getByText("while the page was disconnected")).toBeVisible();
    }
  }

  await until("everything is in step", allSynced, TAKEN_OVER_MS);
  const rows = await other.sql<{ source: Source; id: string; params: Record<string, number> }>(
    "SELECT source, id, params FROM tasks",
  );
  expect(rows).toHaveLength(SOURCES.length * TASKS);
  for (const { source, id, params } of rows)
    expect(inFile(source).find((task) => String(task.id) === id)?.params, `${source} ${id}`).toEqual(params);
  for (const [place, value] of wanted) {
    const [source = "", id = "", way = ""] = place.split(".");
    const row = rows.find((one) => one.source === source && one.id === id);
    // The value may be larger, because an edit without an answer may still have been made.
    expect(row?.params[way], place).toBeGreaterThanOrEqual(value);
  }
  const left = await other.sql(
    "SELECT 1 FROM conflicts UNION ALL SELECT 1 FROM sync_requests WHERE answered_at IS NULL UNION ALL SELECT 1 FROM file_intents",
  );
  expect(left).toEqual([]);
  const overlapping = await other.sql(
    "SELECT a.id, b.id FROM runs a JOIN runs b ON b.source = a.source AND b.seq > a.seq AND b.started_at < a.finished_at",
  );
  expect(overlapping).toEqual([]);
  const runs = await other.sql<{ source: string; runs: number; alone: number; workers: number }>(
    "SELECT source, count(*)::int AS runs, count(*) FILTER (WHERE alone)::int AS alone, count(DISTINCT pid)::int AS workers FROM probe GROUP BY source ORDER BY source",
  );
  expect(runs.map(({ source }) => source)).toEqual([...SOURCES]);
  for (const { runs: all, alone, workers: from, source } of runs) {
    expect(alone, source).toBe(all);
    expect(from, `${source} was taken over`).toBeGreaterThan(1);
  }
});
