import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../server/embedded/free-port.ts";

const START_MS = 300_000;
const EDIT_MS = 30_000;

/**
 * Starts the product in the folder as the README says, edits a task by the API and another in the file, and looks for
 * each edit on the other side. Prints what went wrong.
 * @returns whether all of it went well.
 */
export async function tryProduct(folder: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const port = await freePort(undefined);
  const token = randomBytes(32).toString("hex");
  const file = join(folder, "try", "schedule.yml");
  mkdirSync(join(folder, "try"));
  copyFileSync(join(folder, "config", "schedule_config.yml"), file);
  const own = { PORT: String(port), API_TOKEN: token, DATA_DIR: join(folder, "data"), SCHEDULE_FILE: file };
  const server = spawn("npm", ["start"], { cwd: folder, env: { ...env, ...own }, detached: true });
  const output: Buffer[] = [];
  for (const stream of [server.stdout, server.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk));
  try {
    await editBothSides(`http://127.0.0.1:${port}`, token, file);
    console.log("-- start and an edit each way: ok");
    return true;
  } catch (error) {
    console.error(Buffer.concat(output).toString("utf8"));
    console.error(`-- start and an edit each way: FAILED: ${String(error)}`);
    return false;
  } finally {
    await stop(server);
  }
}

async function editBothSides(url: string, token: string, file: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const read = () => fetch(`${url}/api/tasks/1`, { headers });
  await until("the server has read the file", START_MS, async () => (await read()).ok);
  const body = JSON.stringify({ description: "Edited by the API" });
  const patched = await fetch(`${url}/api/tasks/1`, { method: "PATCH", headers, body });
  if (!patched.ok) throw new Error(`PATCH answered ${patched.status}: ${await patched.text()}`);
  await until("the API's edit is in the file", EDIT_MS, () =>
    readFileSync(file, "utf8").includes("Edited by the API"),
  );
  writeFileSync(file, readFileSync(file, "utf8").replace("Edited by the API", "Edited in the file"));
  await until("the file's edit is in the database", EDIT_MS, async () => {
    return (await (await read()).text()).includes("Edited in the file");
  });
}

async function until(what: string, ms: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (await Promise.resolve(holds()).catch(() => false)) return;
    await delay(100);
  }
  throw new Error(`not within ${ms / 1000} s: ${what}`);
}

/** Stops npm and the server that it has started, which are one process group. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  const gone = once(server, "exit");
  process.kill(-server.pid, "SIGTERM");
  await gone;
}
