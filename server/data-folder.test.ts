import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDataFolder } from "./data-folder.ts";
import { keepVersion } from "./endpoints/yaml-file/backups.ts";

let folder: string;
const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "lockstep-data-")), "data");
});
afterEach(() => rm(join(folder, ".."), { recursive: true }));

it("DATA_DIR is made for its owner alone", async () => {
  await openDataFolder(folder);
  expect(await mode(folder)).toBe("700");
});

it("DATA_DIR that others could read is closed, and what is kept in it too", async () => {
  await mkdir(join(folder, "backups/default"), { recursive: true });
  await chmod(folder, 0o755);
  await chmod(join(folder, "backups/default"), 0o755);
  await writeFile(join(folder, "auth-secret"), "secret\n");
  await openDataFolder(folder);
  const name = await keepVersion(Buffer.from("tasks: []\n"), join(folder, "backups/default"));
  expect(await mode(folder)).toBe("700");
  expect(await mode(join(folder, "backups/default"))).toBe("700");
  expect(name).toMatch(/\.yml$/);
});

it("a folder with other things in it stays as it is", async () => {
  await mkdir(folder);
  await chmod(folder, 0o755);
  await writeFile(join(folder, "index.html"), "of another program");
  await openDataFolder(folder);
  expect(await mode(folder)).toBe("755");
  expect(await readFile(join(folder, "index.html"), "utf8")).toBe("of another program");
});
