import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { FolderWatcher } from "../../folder-watcher.ts";
import { lockFile } from "../../testing/file-locker.ts";
import { openEndpoint } from "../registry.ts";
import { describeEndpoint } from "../testing/endpoint-contract.ts";

describeEndpoint("yaml-file", async (text) => {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-endpoint-"));
  const path = join(folder, "schedule.yml");
  const log = pino({ level: "silent" });
  const watcher = new FolderWatcher({ debounceMs: 20, polling: false, log });
  const endpoint = openEndpoint("yaml-file", {
    path,
    backups: join(folder, "kept"),
    debounceMs: 20,
    watcher,
  });
  let unlock: (() => Promise<void>) | undefined;
  const disturb = (changed: string | null) => (changed === null ? rm(path) : writeFile(path, changed));
  if (text !== null) await writeFile(path, text);
  return {
    endpoint,
    disturb,
    text: () => readFile(path, "utf8").catch(() => null),
    makeUnreadable: async () => {
      // A folder in its place: root may read whatever has permissions taken away.
      await rename(path, `${path}.away`);
      await mkdir(path);
    },
    makeUnwritable: async () => {
      unlock = await lockFile(path);
    },
    close: async () => {
      await unlock?.();
      await watcher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
