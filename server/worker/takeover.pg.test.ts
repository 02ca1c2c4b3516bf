import { afterEach, expect, it } from "vitest";
import { readYamlFile } from "../endpoints/yaml-file/read-file.ts";
import { taskAt } from "../../lib/yaml/task-at.ts";
import { type ManySources, startManySources } from "../testing/many-sources.ts";
import { runProgram, startWorkerProcess, type WorkerProcess } from "../testing/processes.ts";
import { waitFor } from "../testing/wait-for.ts";

const SOURCES = ["a", "b", "c", "d", "e"];
const TASKS = [1, 2, 3];
const ROUNDS = 12;
const yaml =
  "tasks:\n" +
  `${TASKS.map(
    (id) =>
      `  - id: ${id} # by hand\n    skill_name: skill ${id}\n    schedule_cron: '0 ${id} * * *'\n` +
      `    params:\n      base: ${id}\n`,
  ).join("\n")}`;

let many: ManySources;
let workers: WorkerProcess[] = [];
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  workers = [];
  await many.stop();
});

/** The same numbers each time, so that a failure can be repeated. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

const inRow = async (source: string) =>
  (
    await many.sql<{ id: string; params: Record<string, number> }>(
      "SELECT id, params FROM tasks WHERE source = $1",
      [source],
    )
  ).map(({ id, params }) => [id, params] as const);

it(
  "three workers, five sources, edits on both sides, workers killed: no edit is lost, and no source runs " +
    "twice at once",
  async () => {
    many = await startManySources(
      `sources: [${SOURCES.map((id) => `{id: ${id}, file: ${id}.yml}`).join(", ")}]`,
      Object.fromEntries(SOURCES.map((id) => [`${id}.yml`, yaml])),
    );
    const start = () =>
      startWorkerProcess(many.base, { SOURCES_FILE: many.at("sources.yml"), WATCH_DEBOUNCE_MS: "50" });
    workers = await Promise.all([start(), start(), start()]);
    for (const source of SOURCES)
      await waitFor(async () => (await inRow(source)).length === TASKS.length, {
        what: `${source} to be imported`,
        ms: 40_000,
      });

    const bySql = async () => {
      for (let value = 1; value <= ROUNDS * 4; value++) {
        for (const source of SOURCES)
          await many.sql(
            "UPDATE tasks SET params = params || jsonb_build_object('sql', $2::int) WHERE source = $1",
            [source, value],
          );
      }
    };
    const edits = JSON.stringify(
      [...Array(ROUNDS).keys()].flatMap((n) => TASKS.map((task) => ({ task, key: "file", value: n + 1 }))),
    );
    const byHand = SOURCES.map((source) => runProgram("file-writer", [many.at(`${source}.yml`), edits]));
    let written = false;
    const writing = Promise.all([bySql(), ...byHand]).then(() => {
      written = true;
    });

    const random = numbers(7);
    const seen = async () =>
      (await many.sql<{ runs: number }>("SELECT count(*)::int AS runs FROM runs"))[0]?.runs ?? 0;
    for (let kills = 0; kills < 3; kills++) {
      const before = await seen();
      // Kills in the middle of the work, after some more runs; a fast machine may have no more work by then.
      await waitFor(async () => written || (await seen()) > before + 3, { what: "more runs", ms: 40_000 });
      const [victim] = workers.splice(random.next().value % workers.length, 1);
      await victim?.kill();
      workers.push(await start());
    }
    await writing;

    for (const source of SOURCES) {
      await waitFor(() => many.expectInStep(source, `${source}.yml`), {
        ms: 60_000,
        what: `${source} in step`,
      });
      const read = await readYamlFile(many.at(`${source}.yml`), undefined);
      for (const [id, params] of await inRow(source)) {
        expect(params, `row ${id} of ${source}`).toEqual({ base: Number(id), sql: ROUNDS * 4, file: ROUNDS });
        expect(
          read.ok && taskAt(read.snapshot.document, id)?.task.params,
          `file: task ${id} of ${source}`,
        ).toEqual(params);
      }
    }
    expect(await many.sql("SELECT task_id, fields FROM conflicts")).toEqual([]);
    const overlapping = await many.sql(
      `SELECT x.source, x.started_at, x.finished_at, y.started_at AS other_started,
        y.finished_at AS other_finished
       FROM runs x JOIN runs y ON y.source = x.source AND y.seq > x.seq AND y.started_at < x.finished_at`,
    );
    expect(overlapping).toEqual([]);
    await many.settled();
  },
  180_000,
);
