import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError } from "./errors.ts";
import { commandFor, type Identity } from "./identity.ts";
import { isAlive } from "./postmaster.ts";

/** The name of the cluster's superuser. */
export const ROLE = "lockstep";

const DRAFT = "postgres.new-";

/** Paths of the files under `<dataDir>/postgres`. */
export function clusterPaths(home: string) {
  return {
    cluster: join(home, "cluster"),
    password: join(home, "password"),
    url: join(home, "url"),
    service: join(home, "service"),
  };
}

export async function clusterExists(home: string): Promise<boolean> {
  return (await stat(clusterPaths(home).cluster).catch(() => undefined)) !== undefined;
}

/**
 * Creates the cluster and its password under another name and renames them at the end: `<dataDir>/postgres`
 * either does not exist or is complete, even when this process is killed. Unfinished leftovers of earlier
 * attempts are removed; a finished cluster never is.
 */
export async function createCluster(
  dataDir: string,
  home: string,
  binaries: Binaries,
  identity: Identity | undefined,
): Promise<void> {
  await removeAbandonedDrafts(dataDir);
  const draft = join(dataDir, `${DRAFT}${process.pid}-${randomBytes(6).toString("hex")}`);
  const { cluster, password } = clusterPaths(draft);
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await chmod(draft, 0o700);
  await writeFile(password, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  if (identity !== undefined) {
    for (const path of [draft, cluster, password]) await chown(path, identity.uid, identity.gid);
  }
  try {
    await runInitdb(binaries, identity, cluster, password);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process that started at the same moment was faster, and its cluster is used.
    if (await clusterExists(home)) return;
    throw error;
  }
}

async function removeAbandonedDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(DRAFT)) continue;
    const maker = Number(name.slice(DRAFT.length).split("-")[0]);
    // A living process may still be creating it. If another process now has this number, the leftover does no
    // harm.
    if (maker !== process.pid && isAlive(maker)) continue;
    // An initdb whose parent was killed may still be adding files, hence the retries.
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runInitdb(
  binaries: Binaries,
  identity: Identity | undefined,
  cluster: string,
  password: string,
): Promise<void> {
  const args = [
    ...["-D", cluster, "-U", ROLE, `--pwfile=${password}`, "--auth=scram-sha-256"],
    ...["--encoding=UTF8", "--locale=C", "--no-instructions"],
  ];
  const command = await commandFor(identity, binaries.initdb, args, [cluster, binaries.initdb]);
  try {
    await promisify(execFile)(command.program, command.args, {
      ...command.identity,
      cwd: cluster,
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    });
  } catch (cause) {
    const output = (cause as { stderr?: string }).stderr?.trim();
    throw new EmbeddedPostgresError(
      "start_failed",
      `The embedded PostgreSQL could not be set up in ${cluster}: ${output || (cause as Error).message}`,
      { cause },
    );
  }
}
