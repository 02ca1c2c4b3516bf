// The proof: plays random stories on the engine and judges them. Usage: see HELP, and docs/proof.md.
import { parseArgs } from "node:util";
import { startTestServer } from "../server/testing/test-server.ts";
import { playMany } from "./play-many.ts";
import { killAtRandom } from "./outside/kills.ts";
import { plant } from "./planted/plant.ts";
import { replay } from "./replay.ts";
import type { Level } from "./story/write-story.ts";

const HELP = `npm run proof -- --seed N --histories M [--minutes T] [--level memory|real|crowd] [--no-shrink]
npm run proof -- --replay N [--level memory|real|crowd]
npm run proof -- --outside [--minutes T]   (after npm run build)
npm run proof -- --planted [--only "part of a name or file"]...`;

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    histories: { type: "string" },
    minutes: { type: "string" },
    level: { type: "string" },
    replay: { type: "string" },
    outside: { type: "boolean" },
    planted: { type: "boolean" },
    only: { type: "string", multiple: true },
    "no-shrink": { type: "boolean" },
    help: { type: "boolean" },
  },
});

function numberOf(text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isNaN(number) || number < 0) throw new Error(`${text} is not a number\n${HELP}`);
  return number;
}

function levelOf(text: string | undefined): Level | null {
  if (text === undefined || text === "memory" || text === "real" || text === "crowd") return text ?? null;
  throw new Error(`--level is memory, real or crowd, not ${text}\n${HELP}`);
}

async function main(): Promise<boolean> {
  if (values.help) {
    console.log(HELP);
    return true;
  }
  if (values.planted) return plant(values.only);
  if (values.outside)
    return killAtRandom(numberOf(values.seed, Date.now() % 1_000_000), numberOf(values.minutes, 10));
  const level = levelOf(values.level);
  const server = level === "memory" ? null : await startTestServer();
  try {
    if (values.replay !== undefined)
      return await replay(numberOf(values.replay, 0), level ?? "memory", server);
    const given = values.seed !== undefined || values.histories !== undefined || values.minutes !== undefined;
    const seed = numberOf(values.seed, Date.now() % 1_000_000_000);
    const minutes = numberOf(values.minutes, given ? Infinity : 1);
    const histories = numberOf(values.histories, values.minutes === undefined && given ? 1_000 : Infinity);
    let ok = true;
    for (const each of level ? [level] : (["memory", "real", "crowd"] as const))
      ok =
        (await playMany({ seed, histories, minutes, level: each, server, shrinks: !values["no-shrink"] })) &&
        ok;
    return ok;
  } finally {
    await server?.stop();
  }
}

const ok = await main();
// Timers of processes that a story has killed would keep this one alive.
process.exit(ok ? 0 : 1);
