import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PlanItem } from "../../../lib/sync/types.ts";
import type { Endpoint, Snapshot } from "../endpoint.ts";
import { EndpointChanged, EndpointMovedOn, EndpointTaken, EndpointUnwritable } from "../errors.ts";

/** An endpoint whose side the suite can disturb from outside. */
export interface EndpointHarness {
  endpoint: Endpoint;
  /** Replaces what the side says, as another writer would; null: the side is gone. */
  disturb(text: string | null): Promise<void>;
  /** What the side says now. */
  text(): Promise<string | null>;
  /** From now on the side cannot be read. */
  makeUnreadable(): Promise<void>;
  /** From now on the side cannot be written. */
  makeUnwritable(): Promise<void>;
  /** How the side shows what was put in it as this text; left out: as it is. */
  shown?(text: string): string;
  /** What the side says instead of the problems of a file. */
  codes?: { missing: string; unreadable: string; nonsense: string };
  close(): Promise<void>;
}

const TEXT = `tasks:
  - id: 1
    skill_name: one # first
    schedule_cron: "0 1 * * *"
    description: One
  - id: 2
    skill_name: two
    schedule_cron: "0 2 * * *"
`;
const OTHER = TEXT.replace("skill_name: two", "skill_name: other");
const OTHER_ONE = TEXT.replace("description: One", "description: Theirs");
const OF_A_FILE = { missing: "file_missing", unreadable: "file_unreadable", nonsense: "yaml_syntax" };
const always = () => true;
const AT = new Date("2026-03-01T12:00:00.000Z");

/** What every kind of endpoint promises to runs: see `endpoint.ts`. */
export function describeEndpoint(
  kind: string,
  start: (text: string | null) => Promise<EndpointHarness>,
  { keepsVersions }: { keepsVersions: boolean } = { keepsVersions: true },
): void {
  describe(`the endpoint ${kind}`, () => {
    let side: EndpointHarness;
    beforeEach(async () => {
      side = await start(TEXT);
    });
    afterEach(() => side.close());

    const shown = (text: string) => side.shown?.(text) ?? text;
    const codeOf = (what: "missing" | "unreadable" | "nonsense") => (side.codes ?? OF_A_FILE)[what];
    const read = async (previous?: Snapshot): Promise<Snapshot> => {
      const answer = await side.endpoint.read(previous);
      if (!answer.ok) throw new Error(answer.problem.message);
      return answer.snapshot;
    };
    const described = async (snapshot: Snapshot, value: string) => snapshot.edit([describeOne(value)], AT);
    const written = async (snapshot: Snapshot, value: string) => {
      const { write } = await described(snapshot, value);
      if (!write) throw new Error("nothing to write");
      return write(async () => undefined, always);
    };

    describe("reads", () => {
      it("the tasks, with their keys, lines and fingerprints", async () => {
        const { tasks } = await read();
        expect([[...tasks.keys()], tasks.size, tasks.everyItemIdentified]).toEqual([["1", "2"], 2, true]);
        expect(tasks.task("1")).toMatchObject({ task: { id: 1, description: "One" } });
        expect(tasks.task("1")?.present?.has("timezone")).toBe(false);
        expect(tasks.text("2")?.text).toContain("skill_name: two");
        expect([tasks.has("3"), tasks.task("3"), tasks.fingerprintOf("3")]).toEqual([
          false,
          undefined,
          undefined,
        ]);
        expect(tasks.fingerprintOf("1")).not.toBe(tasks.fingerprintOf("2"));
      });

      it("the same revision again while nothing has changed", async () => {
        const first = await read();
        const second = await read(first);
        expect([second.revision, [...second.changedSince(first)]]).toEqual([first.revision, []]);
      });

      it("a missing side as a problem, never as a side without tasks", async () => {
        await side.disturb(null);
        expect(await side.endpoint.read()).toMatchObject({ ok: false, problem: { code: codeOf("missing") } });
        expect(await side.endpoint.view()).toMatchObject({
          tasks: [],
          problems: [{ code: codeOf("missing") }],
        });
      });

      it("an unreadable side as a problem", async () => {
        await side.makeUnreadable();
        expect(await side.endpoint.read()).toMatchObject({
          ok: false,
          problem: { code: codeOf("unreadable") },
        });
      });

      it("a text that is no list of tasks as a problem with its revision", async () => {
        await side.disturb("tasks: [");
        const answer = await side.endpoint.read();
        expect(answer).toMatchObject({ ok: false, problem: { code: codeOf("nonsense") } });
        if (keepsVersions) expect(answer.ok || answer.revision).toMatch(/^[0-9a-f]{64}$/);
      });

      it("a task that is not valid as held, and the others as they are", async () => {
        await side.disturb(TEXT.replace('"0 2 * * *"', "never"));
        const { tasks } = await read();
        expect([[...tasks.held], [...tasks.keys()]]).toEqual([["2"], ["1"]]);
        expect(tasks.problems).toMatchObject([{ task_id: "2" }]);
      });

      it("which tasks changed since an earlier reading", async () => {
        const before = await read();
        await side.disturb(OTHER);
        const after = await read(before);
        expect([...after.changedSince(before)]).toEqual(["2"]);
        expect(after.revision).not.toBe(before.revision);
      });
    });

    describe("writes", () => {
      it("only what differs, and gives the side as it is afterwards", async () => {
        const before = await read();
        const after = await written(before, "Changed");
        const expected = TEXT.replace("description: One", "description: Changed");
        expect(await side.text()).toBe(shown(expected));
        expect((await read()).revision).toBe(after.revision);
        expect(after.tasks.task("1")?.task.description).toBe("Changed");
      });

      it("after it has announced the revision to come", async () => {
        const { write } = await described(await read(), "Announced");
        let announced = "";
        let stood: string | null = "";
        const after = await write?.(async (revision) => {
          announced = revision;
          stood = await side.text();
        }, always);
        expect([announced, stood]).toEqual([after?.revision, shown(TEXT)]);
      });

      it("nothing when the announcement fails", async () => {
        const { write } = await described(await read(), "Never");
        await expect(write?.(() => Promise.reject(new Error("no")), always)).rejects.toThrow("no");
        expect(await side.text()).toBe(shown(TEXT));
      });

      it("nothing when the run has lost its source since the announcement", async () => {
        const { write } = await described(await read(), "Too late");
        let mine = true;
        const announce = async () => void (mine = false);
        await expect(write?.(announce, () => mine)).rejects.toThrow(EndpointTaken);
        expect([await side.text(), await side.endpoint.versions.list()]).toEqual([shown(TEXT), []]);
      });

      it("nothing when the task changed in between, whose writer's text stands", async () => {
        const before = await read();
        await side.disturb(OTHER_ONE);
        await expect(written(before, "Mine")).rejects.toThrow(EndpointChanged);
        expect(await side.text()).toBe(shown(OTHER_ONE));
      });

      it("nothing when the side cannot be written", async () => {
        const before = await read();
        await side.makeUnwritable();
        await expect(written(before, "Mine")).rejects.toThrow(EndpointUnwritable);
        expect(await side.text()).toBe(shown(TEXT));
      });

      it("nothing more when nobody has written to what was replaced", async () => {
        const after = await written(await read(), "Ours");
        const prove = vi.fn();
        await side.endpoint.rejoin(prove);
        expect(prove).not.toHaveBeenCalled();
        const now = await read();
        expect([now.revision, now.problems]).toEqual([after.revision, []]);
      });

      it("nothing for items that leave the side alone", async () => {
        const item: PlanItem = { ...describeOne("x"), file: undefined };
        expect((await (await read()).edit([item], AT)).write).toBeNull();
      });
    });

    if (keepsVersions) {
      describe("keeps the versions that it replaced", () => {
        it("newest first, by name", async () => {
          await written(await written(await read(), "First"), "Second");
          const versions = await side.endpoint.versions.list();
          expect(versions).toHaveLength(2);
          const texts = await Promise.all(versions.map(({ name }) => side.endpoint.versions.readText(name)));
          expect(texts).toEqual([TEXT.replace("One", "First"), TEXT]);
          expect(await side.endpoint.versions.readText("../secret")).toBeNull();
        });

        it("and restores them, but only while the side is as it was looked at", async () => {
          const after = await written(await read(), "First");
          const [version] = await side.endpoint.versions.list();
          const name = version?.name ?? "";
          await expect(side.endpoint.versions.restore(name, "0".repeat(64), always)).rejects.toThrow(
            EndpointMovedOn,
          );
          await expect(side.endpoint.versions.restore(name, after.revision, () => false)).rejects.toThrow(
            EndpointTaken,
          );
          expect(await side.text()).not.toBe(TEXT);
          expect(await side.endpoint.versions.restore(name, after.revision, always)).toBe(true);
          expect(await side.text()).toBe(TEXT);
          expect(await side.endpoint.versions.restore(name, "0".repeat(64), always)).toBe(true);
          expect(await side.endpoint.versions.restore("nothing", undefined, always)).toBe(false);
        });
      });
    } else {
      it("says that it keeps no versions", async () => {
        await written(await read(), "First");
        const { versions } = side.endpoint;
        expect([await versions.list(), await versions.readText("any.yml")]).toEqual([[], null]);
        expect(await versions.restore("any.yml", undefined, always)).toBe(false);
      });
    }

    it("tells of changes by others while it is watched", async () => {
      const onChange = vi.fn();
      const watch = await side.endpoint.watch(onChange);
      await side.disturb(OTHER);
      await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
      expect(watch.isAlive()).toBe(true);
      await watch.close();
      expect(watch.isAlive()).toBe(false);
    });
  });
}

function describeOne(value: string): PlanItem {
  return {
    key: "1",
    action: "update",
    merged: false,
    before: null,
    after: null,
    file: { edits: [{ path: ["description"], value }], stamp: null },
    ancestor: null,
  };
}
