import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

/** A trigger of another application on `tasks`. */
const addTrigger = async (when: string, body: string) => {
  await source.sql(
    `CREATE FUNCTION theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$`,
  );
  await source.sql(`CREATE TRIGGER zz_theirs ${when} ON tasks FOR EACH ROW EXECUTE FUNCTION theirs()`);
};
const dropTrigger = () => source.sql("DROP TRIGGER zz_theirs ON tasks");
const agreedOn = async (id: string) =>
  (await source.sql("SELECT description, params FROM ancestors WHERE id = $1", [id]))[0];

/** One edit that the database is to refuse, and two that it takes. */
const editThree = async () => {
  await source.edit("description: Check", "description: Refused");
  await source.edit("keep_days: 30", "keep_days: 60");
  await source.sql("UPDATE tasks SET description = 'Weekly' WHERE id = '3'");
};
const expectOnlyTwoIsHeld = async (message: string) => {
  expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
  expect(await source.read()).toContain("description: Weekly");
  expect(await source.read()).toContain("description: Refused");
  expect((await source.row(2))?.["description"]).toBe("Check");
  expect(await agreedOn("2")).toMatchObject({ description: "Check" });
  expect(await source.pending()).toEqual({ "2": "problem" });
  expect(await source.problems()).toMatchObject([
    { code: "row_refused", task_id: "2", message: expect.stringContaining(message) as unknown },
  ]);
};

describe("a row that the database does not take", () => {
  it("because a trigger drops the write: the file's edit waits, and is never reverted", async () => {
    await addTrigger("BEFORE UPDATE", "IF NEW.description = 'Refused' THEN RETURN NULL; END IF;");
    await editThree();
    expect(await source.run()).toMatchObject({ outcome: "succeeded", counts: { updated: 2, problems: 1 } });
    await expectOnlyTwoIsHeld("a trigger");
    await source.run("schedule");
    await expectOnlyTwoIsHeld("a trigger");
    await dropTrigger();
    expect(await source.run()).toMatchObject({ problems: [] });
    expect((await source.row(2))?.["description"]).toBe("Refused");
    await source.expectInStep();
  });

  it("because a trigger writes something else: both sides stay as they were", async () => {
    await addTrigger("BEFORE UPDATE", "IF NEW.id = '2' THEN NEW.description = 'theirs'; END IF;");
    await editThree();
    await source.run();
    await expectOnlyTwoIsHeld("description");
    await dropTrigger();
    await source.run();
    await source.expectInStep();
  });

  it("because a trigger changes it afterwards", async () => {
    await addTrigger(
      "AFTER UPDATE",
      "IF NEW.description = 'Refused' THEN UPDATE tasks SET description = 'theirs' WHERE id = '2'; END IF;",
    );
    await editThree();
    await source.run();
    await expectOnlyTwoIsHeld("a trigger");
  });

  it("because of a constraint, immediate or deferred, or an error in a trigger", async () => {
    await source.sql("ALTER TABLE tasks ADD CONSTRAINT no_refused CHECK (description <> 'Refused')");
    await editThree();
    await source.run();
    await expectOnlyTwoIsHeld("no_refused");
    await source.sql("ALTER TABLE tasks DROP CONSTRAINT no_refused");
    await source.sql(
      "CREATE FUNCTION raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.description = 'Refused' THEN RAISE 'not this one'; END IF; RETURN NULL; END $$",
    );
    await source.sql(
      "CREATE CONSTRAINT TRIGGER zz_later AFTER UPDATE ON tasks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise()",
    );
    await source.edit("keep_days: 60", "keep_days: 90");
    await source.run();
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 90 });
    expect(await source.problems()).toMatchObject([
      { task_id: "2", message: expect.stringContaining("not this one") as unknown },
    ]);
  });

  it("holds neither the other half of its own task back from staying as it was, nor a deletion", async () => {
    await addTrigger("BEFORE DELETE OR UPDATE", "IF OLD.id IN ('2', '3') THEN RETURN NULL; END IF;");
    // Task 2 has an edit on each side, so that the file would be written as well.
    await source.sql("ALTER TABLE tasks DISABLE TRIGGER zz_theirs");
    await source.sql("UPDATE tasks SET params = params || '{\"retries\": 9}' WHERE id = '2'");
    await source.sql("ALTER TABLE tasks ENABLE TRIGGER zz_theirs");
    await source.edit("description: Check", "description: Merged");
    await source.edit(/\n {2}- id: 3[^]*$/, "\n");
    const text = await source.read();
    await source.run();
    expect(await source.pending()).toEqual({ "2": "problem", "3": "problem" });
    expect(await source.read()).toBe(text);
    expect(await source.row(3)).toBeDefined();
    await dropTrigger();
    await source.run();
    expect(await source.row(3)).toBeUndefined();
    await source.expectInStep();
  });

  it("is found among many, and the others are all there", async () => {
    await source.sql("ALTER TABLE tasks ADD CONSTRAINT no_bad CHECK (skill_name <> 'bad')");
    const more = [...Array(300).keys()].map(
      (n) =>
        `  - id: n${n}\n    skill_name: ${n % 100 === 7 ? "bad" : "good"}\n    schedule_cron: "0 1 * * *"\n`,
    );
    await source.write((await source.read()) + more.join(""));
    expect((await source.run()).counts).toMatchObject({ created: 297, problems: 3 });
    expect(Object.keys(await source.pending())).toEqual(["n107", "n207", "n7"]);
  });
});

describe("an id that another open transaction has inserted", () => {
  it("waits alone and is tried again", async () => {
    const other = await source.pool.connect();
    await other.query("BEGIN");
    await other.query(
      "INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('4', 'theirs', '1 1 * * *')",
    );
    await source.write(
      (await source.read()) +
        '  - id: 4\n    skill_name: ours\n    schedule_cron: "1 1 * * *"\n  - id: 5\n    skill_name: free\n    schedule_cron: "1 1 * * *"\n',
    );
    const began = Date.now();
    const run = await source.run();
    expect(run).toMatchObject({ outcome: "succeeded", problems: [{ code: "row_busy", task_id: "4" }] });
    expect(Date.now() - began).toBeLessThan(8_000);
    expect(await source.row(5)).toMatchObject({ skill_name: "free" });
    expect(await source.pending()).toEqual({ "4": "busy" });
    expect(await source.sql("SELECT 1 FROM graphile_worker.jobs WHERE key = 'retry:default'")).toHaveLength(
      1,
    );
    await other.query("ROLLBACK");
    other.release();
    await source.run();
    expect(await source.row(4)).toMatchObject({ skill_name: "ours" });
    await source.expectInStep();
  });
});
