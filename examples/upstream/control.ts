import { makeWorld, type Item, type Sizes, type World } from "./world.ts";

/** What a request is answered with instead of the truth. */
export interface Fault {
  /** A piece of the path and query that it is for, such as `/projects?page=3`; left out: every request. */
  on?: string;
  /** Lets so many matching requests pass first. */
  after?: number;
  /** How many requests it is for; left out: all. */
  times?: number;
  status?: number;
  retry_after?: number | string;
  /** Of the answer: cut off in the middle, no JSON, no JSON from the middle on, an empty list, sent byte by byte, never ended. */
  body?: "broken" | "garbage" | "spoilt" | "empty" | "slow" | "hanging" | "huge";
  /** Milliseconds before the answer begins. */
  latency_ms?: number;
  /** Answers a redirect to this address. */
  redirect?: string;
  /** Says that there are so many items. */
  total?: number;
  /** Answers this page again in place of the page that was asked for. */
  page?: number;
}

/** A change that happens right after a matching request was answered: items that move while they are read. */
export interface Change {
  on: string;
  put?: Record<string, Partial<Item>[]>;
  remove?: Record<string, string[]>;
}

/** The body of POST /control. All keys are optional; what is left out stays as it is. */
export interface Control {
  /** Starts over: a new world, no faults, no log of requests. */
  reset?: Sizes;
  /** Which credentials are needed. */
  auth?: "none" | "bearer" | "basic" | "api_key" | "oauth";
  /** How many seconds a token of /oauth/token is good for. */
  token_seconds?: number;
  faults?: Fault[];
  changes?: Change[];
  put?: Record<string, Partial<Item>[]>;
  remove?: Record<string, string[]>;
}

/** The state of the example: its records, and how it misbehaves. */
export class Upstream {
  world: World = makeWorld();
  auth: NonNullable<Control["auth"]> = "none";
  tokenSeconds = 3_600;
  /** Requests as `GET /path?query`, and whether they were conditional. */
  log: { request: string; conditional: boolean; status: number }[] = [];
  private faults: (Fault & { seen: number })[] = [];
  private changes: Change[] = [];

  control({ reset, auth, token_seconds, faults, changes, put = {}, remove = {} }: Control): void {
    if (reset) {
      this.world = makeWorld(reset);
      [this.faults, this.changes, this.log, this.auth] = [[], [], [], "none"];
    }
    this.auth = auth ?? this.auth;
    this.tokenSeconds = token_seconds ?? this.tokenSeconds;
    if (faults) this.faults = faults.map((fault) => ({ ...fault, seen: 0 }));
    if (changes) this.changes = [...changes];
    this.change({ put, remove });
  }

  /** The fault for this request, which counts as used. */
  faultFor(request: string): Fault | undefined {
    for (const fault of this.faults) {
      if (fault.on !== undefined && !request.includes(fault.on)) continue;
      fault.seen++;
      const turn = fault.seen - (fault.after ?? 0);
      if (turn >= 1 && turn <= (fault.times ?? Infinity)) return fault;
    }
    return undefined;
  }

  /** Makes the changes that were to happen after this request. */
  answered(request: string): void {
    const due = this.changes.filter(({ on }) => request.includes(on));
    this.changes = this.changes.filter((change) => !due.includes(change));
    for (const change of due) this.change(change);
  }

  private change({ put = {}, remove = {} }: Pick<Change, "put" | "remove">): void {
    for (const [type, items] of Object.entries(put)) for (const item of items) this.put(type, item);
    for (const [type, ids] of Object.entries(remove)) {
      this.world[type] = (this.world[type] ?? []).filter(({ id }) => !ids.includes(id));
    }
  }

  /** Changes an item in its place, or adds it at the end. A value of null takes a field away. */
  put(type: string, given: Partial<Item>): Item {
    const all = (this.world[type] ??= []);
    const at = all.findIndex(({ id }) => id === given.id);
    const merged = { ...(all[at] ?? {}), updated_at: new Date().toISOString(), ...given };
    const item = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as Item;
    if (at < 0) all.push(item);
    else all[at] = item;
    return item;
  }
}
