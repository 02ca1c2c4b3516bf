import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Json } from "../../lib/json.ts";
import { readYamlFile } from "../endpoints/yaml-file/read-file.ts";
import { taskAt } from "../../lib/yaml/task-at.ts";
import { runProgram, startWorkerProcess, type WorkerProcess } from "../testing/processes.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";

interface Edit {
  task: number;
  key: string;
  value: number;
}

let source: TestSource;
let workers: WorkerProcess[];
const TASKS = [1, 2, 3];
const yaml =
  "tasks:\n" +
  `${TASKS.map(
    (id) =>
      `  - id: ${id} # by hand\n    skill_name: "skill ${id}"\n    schedule_cron: '0 ${id} * * *'\n` +
      `    params:\n      base: ${id}\n`,
  ).join("\n")}`;

// Two whole workers, each in its own process, on the same file and database.
beforeEach(async () => {
  source = await startTestSource({ yaml });
  workers = await Promise.all([startWorkerProcess(source), startWorkerProcess(source)]);
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await source.stop();
});

const writeFileAtOnce = (edits: Edit[]) => runProgram("file-writer", [source.path, JSON.stringify(edits)]);
const writeRowsAtOnce = (edits: Edit[]) => runProgram("row-writer", [source.url, JSON.stringify(edits)]);

/** Each writer edits its own key of every task again and again, and its own task. */
function editsOf(name: string, own: number, rounds = 8): Edit[] {
  const rewrites = [...Array(rounds).keys()].flatMap((value) =>
    TASKS.map((task) => ({ task, key: name, value })),
  );
  return [...rewrites, { task: own, key: name, value: 1 }];
}

const lastOf = (edits: Edit[]) => new Map(edits.map((edit) => [`${edit.task}.${edit.key}`, edit]));

async function both(): Promise<
  Record<string, { file: Record<string, Json> | undefined; row: Record<string, Json> | undefined }>
> {
  const read = await readYamlFile(source.path, undefined);
  if (!read.ok) throw new Error(read.problem.message);
  const rows = await source.sql<{ id: string; params: Record<string, Json> }>("SELECT id, params FROM tasks");
  const ids = new Set([...read.snapshot.document.keys(), ...rows.map((row) => row.id)]);
  return Object.fromEntries(
    [...ids].map((id) => [
      id,
      {
        file: taskAt(read.snapshot.document, id)?.task.params,
        row: rows.find((row) => row.id === id)?.params,
      },
    ]),
  );
}

/** Expects both sides to agree soon after the last edit, by the workers' runs alone. */
async function expectAllThere(edits: Edit[], except: string[] = []): Promise<void> {
  await waitFor(() => source.expectInStep(except).then(() => true), {
    ms: 45_000,
    what: "both sides in step",
  });
  const now = await both();
  for (const { task, key, value } of lastOf(edits).values()) {
    expect(now[task]?.file?.[key], `file: task ${task}, ${key}`).toBe(value);
    expect(now[task]?.row?.[key], `row: task ${task}, ${key}`).toBe(value);
  }
}

describe("every edit is kept", () => {
  it("of three processes that write the file at once", async () => {
    const edits = ["a", "b", "c"].map((name, i) => editsOf(name, 11 + i));
    await Promise.all(edits.map(writeFileAtOnce));
    await expectAllThere(edits.flat());
  }, 90_000);

  it("of three that write the database at once", async () => {
    const edits = ["a", "b", "c"].map((name, i) => editsOf(name, 11 + i));
    await Promise.all(edits.map(writeRowsAtOnce));
    await expectAllThere(edits.flat());
    expect(await source.read()).toContain('- id: 1 # by hand\n    skill_name: "skill 1"');
  }, 90_000);

  it("of writers on both sides at once, while one worker is killed and another starts", async () => {
    const edits = ["a", "b", "c", "d"].map((name, i) => editsOf(name, 11 + i, 12));
    const [a = [], b = [], c = [], d = []] = edits;
    const writing = Promise.all([
      writeFileAtOnce(a),
      writeFileAtOnce(b),
      writeRowsAtOnce(c),
      writeRowsAtOnce(d),
    ]);
    await waitFor(async () => (await both())[1]?.row?.["a"] !== undefined, {
      what: "a first edit of the file in its row",
      ms: 40_000,
    });
    await workers[0]?.kill();
    workers.push(await startWorkerProcess(source));
    await writing;
    await expectAllThere(edits.flat());
  }, 120_000);

  it("of both sides to the same fields: it is on both sides, or in a conflict", async () => {
    const edits = (from: number) =>
      [...Array(8).keys()].flatMap((n) => TASKS.map((task) => ({ task, key: "same", value: from + n })));
    const [file, rows] = [edits(100), edits(200)];
    await Promise.all([writeFileAtOnce(file), writeRowsAtOnce(rows), writeRowsAtOnce(editsOf("other", 11))]);
    await waitFor(
      async () => {
        const open = (await source.conflicts()).map((conflict) => conflict.task_id);
        await source.expectInStep(open);
        return true;
      },
      { ms: 45_000, what: "in step but for conflicts" },
    );
    const now = await both();
    const open = new Map((await source.conflicts()).map((conflict) => [conflict.task_id, conflict]));
    for (const task of TASKS) {
      const { file: inFile, row } = now[task] ?? {};
      const conflict = open.get(String(task));
      if (!conflict) {
        expect(inFile, `task ${task}`).toEqual(row);
        expect([107, 207]).toContain(row?.["same"]);
        continue;
      }
      expect([inFile?.["same"], row?.["same"]], `task ${task} is held`).toEqual([107, 207]);
      expect(conflict.yaml_data).toMatchObject({ params: { same: 107 } });
      expect(conflict.db_data).toMatchObject({ params: { same: 207 } });
    }
    await expectAllThere([{ task: 11, key: "other", value: 1 }], [...open.keys()]);
  }, 90_000);
});
