import type { Watch } from "../endpoints/endpoint.ts";
import type { FolderWatcher } from "../folder-watcher.ts";
import type { ServedSource } from "./open-source.ts";

/** Watches the endpoints of the sources that this worker serves, and the list that names them. */
export class SourceWatches {
  private readonly watches = new Map<ServedSource["endpoint"], Watch>();
  private list: { close(): Promise<void> } | undefined;

  constructor(private readonly onChange: (sourceId: string) => void) {}

  /** Resolves when every later change of `sources.yml` would be noticed. */
  async watchList(watcher: FolderWatcher, sourcesFile: string, onChange: () => void): Promise<void> {
    this.list = await watcher.watch(sourcesFile, onChange);
  }

  /** Watches exactly these sources from now on; resolves when every later change of them would be noticed. */
  async watch(sources: readonly ServedSource[]): Promise<void> {
    const wanted = new Map(sources.map(({ endpoint, id }) => [endpoint, id]));
    const gone = [...this.watches].filter(([endpoint]) => !wanted.has(endpoint));
    for (const [endpoint] of gone) this.watches.delete(endpoint);
    const fresh = [...wanted].filter(([endpoint]) => !this.watches.has(endpoint));
    const started = await Promise.all(
      fresh.map(async ([endpoint, id]) => [endpoint, await endpoint.watch(() => this.onChange(id))] as const),
    );
    for (const [endpoint, watch] of started) this.watches.set(endpoint, watch);
    await Promise.all(gone.map(([, watch]) => watch.close()));
  }

  /** The sources of which a change would be noticed at present. */
  alive(sources: readonly ServedSource[]): string[] {
    return sources.filter(({ endpoint }) => this.watches.get(endpoint)?.isAlive()).map(({ id }) => id);
  }

  async close(): Promise<void> {
    await this.list?.close();
    await Promise.all([...this.watches.values()].map((watch) => watch.close()));
  }
}
