// Cleans up after a test run, however it ends (also kill -9): waits until the run's process lets go of our standard input, then
// stops every PostgreSQL under the folder named on the command line and removes the folder.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const folder = process.argv[2];

function stopServers() {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name, "postgres", "cluster", "postmaster.pid");
    try {
      process.kill(Number(readFileSync(file, "utf8").split("\n")[0]), "SIGQUIT");
    } catch {
      // No server there, or it has ended.
    }
  }
}

async function cleanUp() {
  // A worker of the run may live a moment longer and still add to the folder.
  for (let attempt = 0; attempt < 100 && existsSync(folder); attempt++) {
    try {
      stopServers();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Not empty yet: again.
    }
    await delay(200);
  }
}

process.stdin.resume();
process.stdin.on("end", () => void cleanUp());
