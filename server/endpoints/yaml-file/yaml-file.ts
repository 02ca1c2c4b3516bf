import { realpath } from "node:fs/promises";
import type { Endpoint, EndpointRead, MayWrite, OnProgress, Snapshot, Watch } from "../endpoint.ts";
import { KeptVersions } from "./kept-versions.ts";
import { removeLeftovers } from "./leftovers.ts";
import type { YamlFileOptions } from "./options.ts";
import { mendTornWrite } from "./overwrite.ts";
import { readYamlFile } from "./read-file.ts";
import { viewFile } from "./view-file.ts";
import { Settling } from "./settling.ts";
import { type FileSurroundings, YamlSnapshot } from "./yaml-snapshot.ts";

/** Tasks in a YAML file, edited in place byte for byte. */
export class YamlFile implements Endpoint {
  readonly versions: KeptVersions;
  private readonly around: FileSurroundings;

  constructor(private readonly options: YamlFileOptions) {
    const { backups, debounceMs, now } = options;
    this.around = { backups, settling: new Settling(debounceMs, now) };
    this.versions = new KeptVersions(options, this.around.settling);
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

  watch(onChange: () => void): Promise<Watch> {
    return this.options.watcher.watch(this.options.path, onChange);
  }

  async mend(mayWrite: MayWrite): Promise<string | null> {
    const { path, backups, mayUse } = this.options;
    const real = await realpath(path).catch(() => null);
    if (real === null || mayUse?.(real) === false) return null;
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
