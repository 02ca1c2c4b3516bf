import type { PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { EarlierText } from "../../lib/yaml/earlier-text.ts";
import type {
  Endpoint,
  EndpointRead,
  MayWrite,
  SideEdit,
  Snapshot,
} from "../../server/endpoints/endpoint.ts";
import { EndpointUnwritable } from "../../server/endpoints/errors.ts";
import type { Life } from "./points.ts";

export interface Faults {
  unreadable: boolean;
  unwritable: boolean;
}

/** The real endpoint, with a point before and after each of its operations, and faults that can be put on. */
export function hooked(endpoint: Endpoint, life: Life, faults: Faults): Endpoint {
  const read = async (previous?: Snapshot): Promise<EndpointRead> => {
    await life.reach("requests claimed");
    const inner = previous instanceof HookedSnapshot ? previous.inner : undefined;
    const found = faults.unreadable ? unreadable() : await endpoint.read(inner);
    await life.reach("file read");
    if (!found.ok) return found;
    // The same reading stays the same object, as the endpoint promises.
    if (previous instanceof HookedSnapshot && previous.inner === found.snapshot)
      return { ok: true, snapshot: previous };
    return { ok: true, snapshot: new HookedSnapshot(found.snapshot, life, faults) };
  };
  return {
    kind: endpoint.kind,
    place: endpoint.place,
    versions: endpoint.versions,
    read,
    view: (previous) => endpoint.view(previous),
    watch: (onChange) => endpoint.watch(onChange),
    mend: (mayWrite) => endpoint.mend(mayWrite),
    rejoin: (prove) => endpoint.rejoin(prove),
    removeLeftovers: () => endpoint.removeLeftovers(),
  };
}

function unreadable(): EndpointRead {
  const problem = { code: "file_unreadable" as const, message: "the disk does not answer" };
  return { ok: false, problem, revision: null, size: null, modifiedAt: null };
}

class HookedSnapshot implements Snapshot {
  constructor(
    readonly inner: Snapshot,
    private readonly life: Life,
    private readonly faults: Faults,
  ) {}

  get revision() {
    return this.inner.revision;
  }

  get size() {
    return this.inner.size;
  }

  get modifiedAt() {
    return this.inner.modifiedAt;
  }

  get tasks() {
    return this.inner.tasks;
  }

  get problems() {
    return this.inner.problems;
  }

  settlesIn(before: Snapshot | undefined): number {
    return this.inner.settlesIn(before instanceof HookedSnapshot ? before.inner : undefined);
  }

  changedSince(earlier: Snapshot): Set<TaskKey> {
    return this.inner.changedSince(earlier instanceof HookedSnapshot ? earlier.inner : earlier);
  }

  recall(earlier: EarlierText, keys?: ReadonlySet<string>) {
    return this.inner.recall(earlier, keys);
  }

  textAround(earlier: Snapshot, changed: ReadonlySet<TaskKey>) {
    return this.inner.textAround(earlier instanceof HookedSnapshot ? earlier.inner : earlier, changed);
  }

  async edit(items: readonly PlanItem[], at: Date, earlier?: EarlierText): Promise<SideEdit> {
    const edit = await this.inner.edit(items, at, earlier);
    const { write } = edit;
    return { ...edit, write: write && ((announce, mayWrite) => this.write(write, announce, mayWrite)) };
  }

  author() {
    return this.inner.author();
  }

  private async write(
    write: NonNullable<SideEdit["write"]>,
    announce: (revisionAfter: string) => Promise<void>,
    mayWrite: MayWrite,
  ): Promise<Snapshot> {
    if (this.faults.unwritable) throw new EndpointUnwritable("the disk does not answer");
    const written = await write(async (revisionAfter) => {
      await announce(revisionAfter);
      await this.life.reach("intent saved");
    }, mayWrite);
    await this.life.reach("file written");
    return new HookedSnapshot(written, this.life, this.faults);
  }
}
