import { describe, expect, it } from "vitest";
import { createTask, deleteTask, patchTask } from "../commands/edit-task.ts";
import { rollbackRun } from "../commands/rollback-run.ts";
import { tasksYaml } from "../endpoints/http-tasks/testing/tasks-upstream.ts";
import { listRuns } from "../queries/history.ts";
import { getSource } from "../queries/sources.ts";
import { ADA } from "../testing/commands.ts";
import { useHttpTasks } from "../testing/http-tasks.ts";

const t = useHttpTasks();
const waiting = { actor: ADA, wait: true };
const bothEdited = "UPDATE tasks SET description = 'Ours' WHERE source = 'erp'";

describe("what the other system refuses", () => {
  it("is held alone, with its message, and without an ancestor, until it is taken", async () => {
    await t.start();
    await t.control({ faults: [{ on: "PATCH /tasks/t1", status: 409 }] });
    await t.sql(bothEdited);
    expect(await t.run()).toMatchObject({
      run: {
        outcome: "failed",
        counts: { updated: 1 },
        problems: [
          {
            code: "write_refused",
            task_id: "1",
            message: `Task 1 was not written: PATCH ${t.upstream().url}/tasks/t1 answered 409: fault 409`,
          },
        ],
      },
    });
    expect([(await t.item("t1"))?.["about"], (await t.item("t2"))?.["about"]]).toEqual(["About 1", "Ours"]);
    expect(await t.pending()).toEqual({ "1": "problem" });
    expect(await t.sql("SELECT 1 FROM file_intents")).toEqual([]);
    await t.control({ faults: [] });
    await t.run();
    await t.expectInStep();
  });

  it("leaves a merge of that task on neither side", async () => {
    await t.start();
    await t.put({ id: "t1", name: "their skill" });
    await t.sql(bothEdited);
    await t.control({ faults: [{ on: "PATCH /tasks/t1", status: 422 }] });
    await t.run();
    expect(await t.row(1)).toMatchObject({ skill_name: "skill 1", description: "Ours" });
    await t.control({ faults: [] });
    await t.run();
    expect(await t.row(1)).toMatchObject({ skill_name: "their skill", description: "Ours" });
    await t.expectInStep();
  });

  it("is told before anything is sent where the configuration shows it", async () => {
    await t.start();
    const writes = await t.writesDuring(() =>
      t.sql("UPDATE tasks SET extra = '{\"team\": 1}' WHERE id = '1'"),
    );
    expect(await t.run()).toMatchObject({
      run: { problems: [{ message: expect.stringContaining("does not take team") as unknown }] },
    });
    expect(writes).toEqual([]);
  });
});

describe("a list that is not whole", () => {
  const paged = (more = "") =>
    tasksYaml(t.upstream().url, more)
      .replace("path: /all/tasks", "path: /page/tasks\n    data_selector: $.data")
      .replace(
        "{type: single_page}",
        "{type: page_number, size_param: per_page, size: 1, total_path: $.total}",
      );
  const failing = async (faults: object[]) => {
    await t.many().list(paged());
    await t.many().start({ AUTO_SYNC_ENABLED: "false" });
    await t.run();
    await t.control({ faults } as never);
    return t.run();
  };

  it.each([
    ["a page that fails", { on: "page=2", status: 500 }, "answered 500"],
    ["a total that does not fit", { total: 3 }, "3 items, but 2 were found"],
    ["a page that comes again", { on: "page=2", page: 1 }, "1 keys stood on more than one page"],
    ["a body that is no list", { on: "page=2", body: "garbage" }, "is no JSON"],
  ])("with %s is unreadable, and deletes nothing", async (_, fault, why) => {
    expect(await failing([{ on: "/page/tasks", ...fault }])).toMatchObject({
      run: {
        outcome: "failed",
        problems: [{ code: "list_unreadable", message: expect.stringMatching(`GET .*${why}`) as unknown }],
      },
    });
    expect(await t.rows()).toEqual(["1", "2"]);
    await t.control({ faults: [] });
    expect(await t.run()).toMatchObject({ run: { outcome: "succeeded" } });
    await t.expectInStep();
  });

  it("because it is empty halts, and waits for a person", async () => {
    await t.start();
    await t.control({ faults: [{ on: "GET /all/tasks", body: "empty" }] });
    expect(await t.run()).toMatchObject({ run: { outcome: "halted" } });
    expect(await t.rows()).toEqual(["1", "2"]);
  });
});

describe("a task that changes while it is written", () => {
  it("is read again, and decided like any other: an edit of another field is merged", async () => {
    await t.start();
    // Right before the PATCH the run looks at the task, and then it is changed there.
    await t.control({
      changes: [{ on: "GET /tasks/t1", put: { tasks: [{ id: "t1", name: "changed meanwhile" }] } }],
    });
    await patchTask("1", { description: "Ours" }, waiting);
    const statuses = (await t.control({})).log.filter(({ request }) => request.startsWith("PATCH"));
    expect(statuses.map(({ status }) => status)).toEqual([412, 200]);
    expect(await t.item("t1")).toMatchObject({ about: "Ours", name: "changed meanwhile" });
    await t.expectInStep();
  });

  it("is in conflict when it was the same field, and the others are written", async () => {
    await t.start();
    await t.control({
      changes: [{ on: "GET /tasks/t1", put: { tasks: [{ id: "t1", about: "Theirs meanwhile" }] } }],
    });
    await t.sql(bothEdited);
    await t.run();
    expect(await t.onlyConflict()).toMatchObject({
      task_id: "1",
      yaml_data: { description: "Theirs meanwhile" },
    });
    expect(await t.item("t2")).toMatchObject({ about: "Ours" });
  });

  it("is not deleted when it was edited there meanwhile", async () => {
    await t.start();
    await t.control({
      changes: [{ on: "GET /all/tasks", put: { tasks: [{ id: "t1", about: "Still needed" }] } }],
    });
    await deleteTask("1", waiting);
    expect(await t.onlyConflict()).toMatchObject({ task_id: "1", kind: "modify_delete" });
    expect(await t.item("t1")).toMatchObject({ about: "Still needed" });
  });
});

describe("an API that is away", () => {
  it("keeps the edits waiting, and gets them by itself", async () => {
    await t.start();
    await t.control({ faults: [{ on: "PATCH", status: 503 }] });
    const { sync } = await patchTask("1", { description: "Ours" }, waiting);
    expect(sync).toMatchObject({
      state: "pending",
      reason: expect.stringContaining("answered 503; the edits wait") as unknown,
    });
    expect((await getSource("erp")).problems).toMatchObject([{ code: "file_unwritable" }]);
    await t.control({ faults: [] });
    await t.until("the edit to arrive", async () => (await t.item("t1"))?.["about"] === "Ours");
    await t.until("the run to end", async () => Object.keys(await t.pending()).length === 0);
    await t.expectInStep();
  });

  it("that makes something else of an edit has the last word on it", async () => {
    await t.start();
    await t.control({
      changes: [{ on: "PATCH /tasks/t1", put: { tasks: [{ id: "t1", about: "OURS" }] } }],
    });
    await patchTask("1", { description: "Ours" }, waiting);
    await t.run();
    expect((await t.row(1))?.["description"]).toBe("OURS");
    await t.expectInStep();
  });

  it("that gives new tasks ids of its own is not given the same one again and again", async () => {
    const yaml = tasksYaml(t.upstream().url).replace(
      "create: {}",
      'create: {body: {name: "{skill_name}", given: "{id}"}}',
    );
    await t.many().list(yaml);
    await t.many().start({ AUTO_SYNC_ENABLED: "false" });
    await t.run();
    await createTask({ id: 9, skill_name: "x", schedule_cron: "1 1 * * *", status: "active" }, waiting);
    await t.run();
    expect(await t.items()).toHaveLength(2);
    expect(await t.pending()).toEqual({ "9": "problem" });
  });
});

it("an undo of what was held does nothing, and of what was written it does", async () => {
  await t.start();
  await t.control({ faults: [{ on: "PATCH /tasks/t1", status: 409 }] });
  await t.sql(bothEdited);
  await t.run();
  await t.control({ faults: [] });
  const { runs } = await listRuns({ limit: 1 });
  await rollbackRun(runs[0]?.id, {}, { actor: ADA });
  expect(await t.item("t2")).toMatchObject({ about: "About 2" });
  expect(await t.row(1)).toMatchObject({ description: "Ours" });
});
