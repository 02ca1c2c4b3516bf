import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

/** How many of the tasks the database refuses; the others, one between two of them, are good. */
const REFUSED = 250;
/** What a run proves one by one, at most. */
const MOST = 100;

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
  await source.sql("ALTER TABLE tasks ADD CONSTRAINT no_bad CHECK (skill_name !~ '^bad')");
  // A sequence goes on counting in a transaction that is taken back.
  await source.sql("CREATE SEQUENCE attempts");
  await source.sql(
    "CREATE FUNCTION count_attempt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('attempts'); RETURN NULL; END $$",
  );
  await source.sql(
    "CREATE TRIGGER zz_count BEFORE INSERT ON tasks FOR EACH STATEMENT EXECUTE FUNCTION count_attempt()",
  );
  const items = [...Array(2 * REFUSED).keys()].map((n) => {
    const id = String(n).padStart(4, "0");
    return `  - id: n${id}\n    skill_name: ${n % 2 ? "bad" : "good"}${id}\n    schedule_cron: "0 1 * * *"\n`;
  });
  await source.write((await source.read()) + items.join(""));
});
afterEach(() => source.stop());

async function runAndCount() {
  await source.sql("SELECT setval('attempts', 1)");
  const run = await source.run("schedule");
  const [count] = await source.sql<{ attempts: number }>("SELECT last_value::int AS attempts FROM attempts");
  return { run, attempts: count?.attempts ?? 0 };
}
const pendingBecause = async (reason: string) =>
  Object.entries(await source.pending()).flatMap(([key, why]) => (why === reason ? [key] : []));
const isThere = async (name: string) =>
  (await source.sql("SELECT 1 FROM tasks WHERE skill_name = $1", [name])).length === 1;
const retries = async () =>
  (await source.sql("SELECT 1 FROM graphile_worker.jobs WHERE key = 'retry:default'")).length;

/** Runs until every task was tried. */
async function runUntilTried(): Promise<number> {
  for (let runs = 1; ; runs++) {
    const { run, attempts } = await runAndCount();
    expect(attempts).toBeLessThan(6 * MOST);
    expect(run.problems.length).toBeLessThanOrEqual(MOST + 1);
    const untried = await pendingBecause("untried");
    if (untried.length === 0) return runs;
    expect(run.problems.at(-1)).toMatchObject({
      code: "row_refused",
      message: expect.stringContaining(
        ` ${Object.keys(await source.pending()).length - MOST} more `,
      ) as unknown,
    });
    expect(run.problems.at(-1)).not.toHaveProperty("task_id");
    // The next run comes by itself.
    expect(await retries()).toBe(1);
    await source.sql("SELECT graphile_worker.remove_job('retry:default')");
  }
}

it("no run tries many of them one by one; the good ones are all there after a few runs", async () => {
  expect(await runUntilTried()).toBeLessThanOrEqual(REFUSED / MOST + 1);
  expect(await source.sql("SELECT 1 FROM tasks WHERE skill_name LIKE 'good%'")).toHaveLength(REFUSED);
  expect(await pendingBecause("problem")).toHaveLength(REFUSED);
  // Nothing is left that only another run could tell, so none comes by itself.
  expect(await retries()).toBe(0);
});

it("an edit is carried at once, before those that were refused earlier", async () => {
  await runUntilTried();
  await source.edit("skill_name: bad0499", "skill_name: mended");
  const { run, attempts } = await runAndCount();
  expect(run.counts).toMatchObject({ created: 1 });
  expect(attempts).toBeLessThan(6 * MOST);
  expect(await isThere("mended")).toBe(true);
  expect(await pendingBecause("problem")).toHaveLength(REFUSED - 1);
});

it("when the database takes some of them, they come one group after the other, and the rest stays", async () => {
  await runUntilTried();
  await source.sql("ALTER TABLE tasks DROP CONSTRAINT no_bad");
  await source.sql("ALTER TABLE tasks ADD CONSTRAINT no_bad CHECK (skill_name !~ '^bad0[0-3]')");
  // The order is that of the last refusal, so the mended ones at the end have their turn.
  for (let runs = 0; runs < 4; runs++) await runAndCount();
  expect(await source.sql("SELECT 1 FROM tasks WHERE skill_name LIKE 'bad%'")).toHaveLength(50);
  await source.sql("ALTER TABLE tasks DROP CONSTRAINT no_bad");
  await runAndCount();
  expect(await source.pending()).toEqual({});
  await source.expectInStep();
});
