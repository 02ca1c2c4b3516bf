import { realpath } from "node:fs/promises";
import type { MayWrite, Versions } from "../endpoint.ts";
import { EndpointUnwritable, NoSchedule, TooLargeToShow } from "../errors.ts";
import { listBackups, readBackup } from "./backups.ts";
import { outside, revisionOf } from "./read-file.ts";
import { restoreFile } from "./restore-file.ts";
import { MOST_SHOWN_BYTES } from "../schedule-text/most-shown.ts";
import { shownText } from "./view-file.ts";
import type { YamlFileOptions } from "./options.ts";
import type { FileSurroundings } from "./yaml-snapshot.ts";

/** The versions of the file that were kept before writes replaced them. */
export class KeptVersions implements Versions {
  constructor(
    private readonly options: YamlFileOptions,
    private readonly around: FileSurroundings,
  ) {}

  list() {
    return listBackups(this.options.backups);
  }

  async readText(name: string): Promise<string | null> {
    const bytes = await readBackup(this.options.backups, name);
    if (!bytes) return null;
    if (bytes.length > MOST_SHOWN_BYTES)
      throw new TooLargeToShow(`this version has ${bytes.length} bytes; up to ${MOST_SHOWN_BYTES} are shown`);
    const text = shownText(bytes);
    if (text === null) throw new NoSchedule("this version is no schedule, so its text is not shown");
    return text;
  }

  async restore(name: string, revision: string | undefined, mayWrite: MayWrite): Promise<boolean> {
    const { path, backups, mayUse } = this.options;
    const wanted = await readBackup(backups, name);
    if (!wanted) return false;
    const real = await realpath(path).catch(() => null);
    if (real !== null && (await mayUse?.(real)) === false) throw new EndpointUnwritable(outside(path));
    await restoreFile({ path, wanted, backups, revision, mayWrite });
    this.around.settling.wrote(revisionOf(wanted));
    await this.around.late.forget();
    return true;
  }
}
