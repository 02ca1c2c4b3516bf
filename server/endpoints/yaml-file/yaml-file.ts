import { realpath } from "node:fs/promises";
import type { Endpoint, EndpointRead, MayWrite, OnProgress, Snapshot, Watch } from "../endpoint.ts";
import { EndpointUnwritable } from "../errors.ts";
import { KeptVersions } from "./kept-versions.ts";
import { LateSaves } from "./late-saves.ts";
import { removeLeftovers } from "./leftovers.ts";
import type { YamlFileOptions } from "./options.ts";
import { mendTornWrite } from "./overwrite.ts";
import { readYamlFile } from "./read-file.ts";
import { viewFile } from "./view-file.ts";
import { Settling } from "./settling.ts";
import { type FileSurroundings, YamlSnapshot } from "./yaml-snapshot.ts";

/** Versions that were replaced are looked at this often. */
const LOOK_EVERY_MS = 1_000;

/** Tasks in a YAML file, edited in place byte for byte. */
export class YamlFile implements Endpoint {
  readonly kind = "yaml-file";
  readonly versions: KeptVersions;
  private readonly around: FileSurroundings;

  constructor(private readonly options: YamlFileOptions) {
    const { backups, debounceMs, now } = options;
    const settling = new Settling(debounceMs, now);
    this.around = { backups, settling, late: new LateSaves(backups, debounceMs, now) };
    this.versions = new KeptVersions(options, this.around);
  }

  get place() {
    return this.options.path;
  }

  async read(previous?: Snapshot, onProgress?: OnProgress): Promise<EndpointRead> {
    const { path, mayUse } = this.options;
    const before = previous instanceof YamlSnapshot ? previous : undefined;
    const read = await readYamlFile(path, before?.file, onProgress, mayUse);
    if (!read.ok) return read;
    const snapshot = before?.file === read.snapshot ? before : new YamlSnapshot(read.snapshot, this.around);
    return { ok: true, snapshot };
  }

  view(previous?: Snapshot) {
    const before = previous instanceof YamlSnapshot ? previous.file : undefined;
    return viewFile(this.options.path, before, this.options.mayUse);
  }

  async watch(onChange: () => void): Promise<Watch> {
    const { watcher, path } = this.options;
    const { late } = this.around;
    const look = async () => void ((await late.changed()) && onChange());
    const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref();
    const watch = await watcher.watch(path, onChange);
    return {
      isAlive: () => watch.isAlive(),
      close: async () => {
        clearInterval(timer);
        await watch.close();
        await late.forget();
      },
    };
  }

  async rejoin(prove: () => Promise<MayWrite>): Promise<void> {
    const { late, settling } = this.around;
    try {
      const revision = await late.rejoin(prove);
      if (revision !== null) settling.wrote(revision);
    } catch (error) {
      // It is tried again by the next run, and says so when it cannot write either.
      if (!(error instanceof EndpointUnwritable)) throw error;
    }
  }

  async mend(mayWrite: MayWrite): Promise<string | null> {
    const { path, backups, mayUse } = this.options;
    const real = await realpath(path).catch(() => null);
    if (real === null || (await mayUse?.(real)) === false) return null;
    const mended = await mendTornWrite(real, backups, mayWrite).catch(() => false);
    return mended
      ? `${path} was half written when the process ended; what stood there before was put back`
      : null;
  }

  async removeLeftovers(): Promise<void> {
    const real = await realpath(this.options.path).catch(() => null);
    if (real !== null) await removeLeftovers(real);
  }
}
