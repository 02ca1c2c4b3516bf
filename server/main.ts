import { resolve } from "node:path";
import { BadEnvironment, env, isDevelopment, provideEnv } from "../config/env.ts";
import { weakSecrets } from "../config/weak-secrets.ts";
import { openDataFolder } from "./data-folder.ts";
import { startEmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import { EmbeddedPostgresError } from "./embedded/errors.ts";
import { logger } from "./log.ts";
import { provideSecrets } from "./secrets-file.ts";
import { migrateQueue } from "./store/migrate-queue.ts";
import { migrate } from "./store/migrate.ts";
import { MigrationError } from "./store/migration-error.ts";
import { closePool } from "./store/pool.ts";
import { touchHealthFile } from "./worker/touch-health-file.ts";

/** Stops everything in the reverse order of starting. A step that fails does not stop the other steps. */
const stops: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

try {
  const settings = env();
  const weak = weakSecrets(settings);
  if (weak.length > 0) throw new BadEnvironment(weak.join("\n"));
  // `on`, not `once`: the file lock's library ends the process at a signal that no other listener handles. A
  // signal may also come twice, from the terminal and from npm, and counts once.
  process.on("SIGINT", () => void stop(130));
  process.on("SIGTERM", () => void stop(0));
  await start(settings);
} catch (error) {
  await fail(error);
}

async function start({ DATA_DIR, DATABASE_URL, ROLE, SCHEDULE_FILE }: ReturnType<typeof env>): Promise<void> {
  const log = logger("main");
  await openDataFolder(resolve(DATA_DIR));
  if (DATABASE_URL === undefined) {
    const postgres = await startEmbeddedPostgres({ dataDir: DATA_DIR, log: (line) => log.info(line) });
    stops.push(() => postgres.stop());
    provideEnv({ DATABASE_URL: postgres.url });
  }
  provideEnv(await provideSecrets(resolve(DATA_DIR), env()));
  const url = env().DATABASE_URL ?? "";
  const { applied } = await migrate(url);
  if (applied.length > 0) log.info({ applied }, "database migrated");
  await migrateQueue(url);
  stops.push(closePool);

  let kept = ROLE === "web" ? "the files" : SCHEDULE_FILE;
  if (ROLE !== "web") {
    const { checkSourcesFile } = await import("./worker/source-registry.ts");
    const sources = await checkSourcesFile(env());
    if (sources !== null) kept = `${sources} source${sources === 1 ? "" : "s"}`;
  }
  if (ROLE === "worker") {
    const { startWorker } = await import("./worker/start-worker.ts");
    const worker = await startWorker(env());
    stops.push(() => worker.stop());
    const { HEALTH_FILE } = env();
    if (HEALTH_FILE !== undefined) {
      const health = await touchHealthFile(HEALTH_FILE, () => worker.stuck());
      stops.push(() => health.stop());
    }
  }
  if (ROLE === "all") {
    // The worker runs in its own thread, so that parsing does not delay pages and events.
    const { startWorkerThread } = await import("./worker/worker-thread.ts");
    const worker = await startWorkerThread();
    stops.push(() => worker.stop());
  }
  if (ROLE !== "worker") {
    // This comes before the server says that it is ready, so that everyone can sign in then.
    await makeAdminOfEnvironment();
    const { startWeb } = await import("./web/start-web.ts");
    const web = await startWeb({ dev: isDevelopment() });
    stops.push(() => web.close());
    greet(await entrance(env().PUBLIC_URL ?? web.address), kept);
  }
}

async function makeAdminOfEnvironment(): Promise<void> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = env();
  if (ADMIN_EMAIL === undefined || ADMIN_PASSWORD === undefined) return;
  const { createAdminOfEnvironment } = await import("./commands/access/first-admin.ts");
  const outcome = await createAdminOfEnvironment(ADMIN_EMAIL, ADMIN_PASSWORD);
  if (outcome === "taken")
    logger("main").warn(
      { email: ADMIN_EMAIL },
      "ADMIN_EMAIL names a user who is not an admin; the role was not changed",
    );
}

/** The address to open: while there is no admin, a link that creates the first admin once. */
async function entrance(address: string): Promise<string> {
  const { newSetupToken } = await import("./commands/access/first-admin.ts");
  const token = await newSetupToken();
  return token === null ? address : `${address}/setup?token=${token}`;
}

/** Greets the person at the terminal. All other output is JSON lines. */
function greet(link: string, files: string): void {
  process.stdout.write(`\nLockstep keeps ${files} and the database in step.\nOpen  ${link}\n\n`);
}

async function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    for (const step of stops.reverse()) {
      await step().catch((error: unknown) =>
        logger("main").error({ err: error }, "not everything stopped in order"),
      );
    }
  })();
  await stopping;
  process.exit(code);
}

async function fail(error: unknown): Promise<never> {
  if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
    const { HOST, PORT } = env();
    process.stderr.write(
      `Lockstep cannot start:\n  ${HOST}:${PORT} is in use by another process; choose another PORT\n`,
    );
    await stop(1);
  }
  const expected =
    error instanceof BadEnvironment ||
    error instanceof EmbeddedPostgresError ||
    error instanceof MigrationError ||
    (error instanceof Error && error.name === "BadSources");
  if (expected) process.stderr.write(`Lockstep cannot start:\n${error.message.replace(/^/gm, "  ")}\n`);
  else
    process.stderr.write(`Lockstep cannot start: ${error instanceof Error ? error.stack : String(error)}\n`);
  await stop(1);
  throw error;
}
