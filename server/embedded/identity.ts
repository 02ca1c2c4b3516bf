import { execFileSync, spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { EmbeddedPostgresError } from "./errors.ts";

/**
 * The user that PostgreSQL runs as; undefined for the present user. PostgreSQL refuses to run as root, so
 * root uses another user.
 */
export interface Identity {
  uid: number;
  gid: number;
}

const CANDIDATES = ["postgres", "nobody"];

/**
 * Chooses the user to run PostgreSQL as. An existing cluster needs its owner, because PostgreSQL accepts no
 * other. A new cluster gets the user `postgres` (created if necessary), else `nobody`.
 */
export async function identityFor(cluster: string): Promise<Identity | undefined> {
  if (process.getuid === undefined) return undefined;
  const me = process.getuid();
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && me !== 0 && owner.uid !== me) {
    throw new EmbeddedPostgresError(
      "unusable_folder",
      `${cluster} belongs to another user (uid ${owner.uid}). Start as that user or as root, or set ` +
        "DATA_DIR.",
    );
  }
  if (me !== 0) return undefined;
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return lookUp("postgres") ?? createUser() ?? requireAny();
}

function requireAny(): Identity {
  for (const name of CANDIDATES) {
    const found = lookUp(name);
    if (found !== undefined) return found;
  }
  throw new EmbeddedPostgresError(
    "start_failed",
    "PostgreSQL cannot run as root and no other user could be made for it. Start as another user, or " +
      "set DATABASE_URL.",
  );
}

function createUser(): Identity | undefined {
  spawnSync("groupadd", ["--system", "postgres"], { stdio: "ignore" });
  spawnSync("useradd", ["--system", "--no-create-home", "-g", "postgres", "postgres"], { stdio: "ignore" });
  return lookUp("postgres");
}

function lookUp(name: string): Identity | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

/**
 * How to start `program` under `identity`. When one of `paths` is in a folder that only root may enter (such
 * as a checkout under /root), it starts through `setpriv` with the right to pass such folders.
 */
export async function commandFor(
  identity: Identity | undefined,
  program: string,
  args: string[],
  paths: string[],
): Promise<{ program: string; args: string[]; identity: Identity | undefined }> {
  if (identity === undefined || process.platform !== "linux") return { program, args, identity };
  const blocked = await firstBlocked(identity, paths);
  if (blocked === undefined) return { program, args, identity };
  const wrapper = [
    ...["--reuid", String(identity.uid), "--regid", String(identity.gid), "--clear-groups"],
    ...["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"],
    // Without this, access(2) ignores capabilities, and PostgreSQL looks for its own program with access(2).
    ...["--securebits", "+no_setuid_fixup"],
  ];
  if (spawnSync("setpriv", [...wrapper, "test", "-x", blocked], { stdio: "ignore" }).status !== 0) {
    throw new EmbeddedPostgresError(
      "unusable_folder",
      `PostgreSQL cannot run as root, and the user it runs as instead (uid ${identity.uid}) may not ` +
        `enter ${blocked}. ` +
        "Start as another user, move out of that folder, or set DATABASE_URL.",
    );
  }
  return { program: "setpriv", args: [...wrapper, program, ...args], identity: undefined };
}

async function firstBlocked(identity: Identity, paths: string[]): Promise<string | undefined> {
  for (const path of paths) {
    for (let at = path; ; at = dirname(at)) {
      const { mode, uid, gid } = await stat(at);
      const bits = uid === identity.uid ? mode >> 6 : gid === identity.gid ? mode >> 3 : mode;
      if ((bits & 1) === 0) return at;
      if (dirname(at) === at) break;
    }
  }
  return undefined;
}
