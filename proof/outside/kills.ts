import { setTimeout as delay } from "node:timers/promises";
import { Lockstep, OWN_POSTGRES } from "../../e2e/support/lockstep.ts";
import type { JsonMap } from "../../lib/json.ts";
import { tasksIn } from "../model/file-text.ts";
import { Random } from "../random.ts";
import { plainOf, type Row } from "../real/rows.ts";
import { ALL_PLACES, TASKS, valueOf, Writers } from "./writers.ts";
import { Witness } from "./witness.ts";

/** A kill comes after at most so long; a start takes some seconds. */
const LONGEST_LIFE_MS = 6_000;
const SETTLES_MS = 60_000;

const FIRST_FILE = `# keep the head
tasks:
${TASKS.map(
  (id) => `  - id: ${id} # ${id}
    skill_name: skill of ${id}
    schedule_cron: "0 2 * * *"
    status: active
    description: about ${id}
    owner: owner of ${id}
    params:
      a: a of ${id}
      b: b of ${id}
`,
).join("\n")}`;

/**
 * From outside: the built server as it ships, killed with SIGKILL at random moments while four kinds of writers
 * edit and an admin resolves conflicts. Judged by the same idea as the simulator.
 * @returns whether nothing was found.
 */
export async function killAtRandom(seed: number, minutes: number): Promise<boolean> {
  const random = new Random(seed);
  const lockstep = await Lockstep.start(OWN_POSTGRES, FIRST_FILE);
  const witness = new Witness();
  const first = byId(FIRST_FILE);
  for (const [place, { task, leaf }] of ALL_PLACES)
    witness.begin(place, valueOf(first.get(task) ?? {}, leaf));
  const writers = new Writers(lockstep, witness, random);
  const life = { over: false };
  const until = Date.now() + minutes * 60_000;
  const loops = [
    loop(life, random, 60, () => writers.byApi()),
    loop(life, random, 60, () => writers.bySql()),
    loop(life, random, 250, () => writers.inFile("rename")),
    loop(life, random, 350, () => writers.inFile("in place")),
    loop(life, random, 600, () => writers.resolve()),
  ];
  let kills = 0;
  try {
    while (Date.now() < until) {
      await delay(500 + random.below(LONGEST_LIFE_MS));
      await lockstep.kill9();
      kills++;
      await lockstep.up();
    }
    life.over = true;
    await Promise.all(loops);
    const findings = await judged(lockstep, witness);
    console.log(`outside: ${kills} kills in ${minutes} minutes; edits: ${witness.summary()}`);
    for (const finding of findings) console.log(`- ${finding}`);
    if (findings.length === 0) console.log("Nothing was lost.");
    return findings.length === 0;
  } finally {
    life.over = true;
    await Promise.allSettled(loops);
    await lockstep.stop();
  }
}

async function loop(
  life: { over: boolean },
  random: Random,
  ms: number,
  edit: () => Promise<void>,
): Promise<void> {
  while (!life.over) {
    // While the server is down, what needs it fails.
    await edit().catch(() => undefined);
    await delay(random.below(2 * ms));
  }
}

/** Everything has had its run: neither an edit nor a request waits, but for tasks in conflict. */
async function judged(lockstep: Lockstep, witness: Witness): Promise<string[]> {
  const deadline = Date.now() + SETTLES_MS;
  for (;;) {
    await lockstep.call("POST /api/sync/trigger", { body: {} }).catch(() => undefined);
    const findings = await judge(lockstep, witness);
    if (findings.length === 0 || Date.now() > deadline) return findings;
    await delay(500);
  }
}

async function judge(lockstep: Lockstep, witness: Witness): Promise<string[]> {
  const rows = await lockstep.sql<Row>("SELECT * FROM tasks");
  const open = await lockstep.sql<{ task_id: string }>(
    "SELECT task_id FROM conflicts WHERE state = 'pending'",
  );
  const database = new Map(rows.map((row) => [row.id, plainOf(row)]));
  const file = byId(lockstep.read());
  const conflicts = new Set(open.map(({ task_id }) => task_id));
  return witness.judge((place) => {
    const { task, leaf } = placeOf(place);
    return {
      file: valueOf(file.get(task) ?? {}, leaf),
      database: valueOf(database.get(task) ?? {}, leaf),
      inConflict: conflicts.has(task),
    };
  });
}

function placeOf(name: string) {
  const place = ALL_PLACES.get(name);
  if (!place) throw new Error(`nothing is edited at ${name}`);
  return place;
}

function byId(text: string): Map<string, JsonMap> {
  return new Map((tasksIn(text) ?? []).map((task) => [String(task["id"]), task]));
}
