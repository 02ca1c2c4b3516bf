import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOver, type Member, type MemberState, nextStep, planRound, type RoundNode } from "./round.ts";

const node = (id: string, depends_on: string[] = [], more: Partial<RoundNode> = {}): RoundNode => ({
  id,
  depends_on,
  priority: 0,
  cascade_sync: false,
  off: null,
  ...more,
});
const planned = (...given: Parameters<typeof planRound>) => planRound(...given).map(({ source }) => source);

/** Plays a round to its end. Each run that starts ends as `outcome` says. */
function play(
  members: Member[],
  outcome: (source: string) => { state: MemberState; changed?: boolean } = () => ({ state: "succeeded" }),
) {
  const started: string[] = [];
  let now = members;
  for (let turn = 0; turn <= members.length * 2 && !isOver(now); turn++) {
    const step = nextStep(now);
    started.push(...step.start);
    const left = new Map(step.leave.map((each) => [each.source, each]));
    now = now.map((member) => {
      if (step.start.includes(member.source)) return { ...member, state: "running" };
      return { ...member, ...left.get(member.source) };
    });
    // One run ends at a time, and the others go on running.
    const running = now.find(({ state }) => state === "running");
    if (running)
      now = now.map((member) =>
        member === running ? { ...member, changed: false, ...outcome(member.source) } : member,
      );
  }
  return { started, members: now, of: (source: string) => now.find((member) => member.source === source) };
}

describe("planRound", () => {
  it("puts parents first, then the highest priority, then by id", () => {
    const nodes = [
      node("z", [], { priority: 9 }),
      node("b", ["a"], { priority: 100 }),
      node("a"),
      node("c"),
      node("d", ["z"]),
    ];
    expect(planned(["z", "a", "b", "c", "d"], nodes, "none")).toEqual(["z", "a", "b", "c", "d"]);
  });

  it("is not held by a parent that is not due", () => {
    const [member] = planRound(["b"], [node("a"), node("b", ["a"])], "none");
    expect(member).toMatchObject({ source: "b", parents: [], state: "waiting" });
  });

  it("takes all dependents along when that is asked for; those that are switched off get the reason", () => {
    const nodes = [
      node("a"),
      node("b", ["a"], { off: "is_sync_enabled is false" }),
      node("c", ["b"]),
      node("d"),
    ];
    expect(planRound(["a"], nodes, "all")).toMatchObject([
      { source: "a", state: "waiting" },
      { source: "b", state: "skipped", reason: "is_sync_enabled is false" },
      { source: "c", state: "waiting", parents: [] },
    ]);
    // A source that was asked for runs even when it is switched off.
    expect(planRound(["b"], nodes, "all")[0]).toMatchObject({ source: "b", state: "waiting" });
  });

  it("tells sources that wait for themselves the cycle, and starts none of them", () => {
    const members = planRound(["a", "b", "c"], [node("a", ["b"]), node("b", ["a"]), node("c")], "none");
    expect(members.map(({ source, state, reason }) => [source, state, reason])).toEqual([
      ["c", "waiting", null],
      ["a", "skipped", "depends_on goes round in a circle: a -> b -> a"],
      ["b", "skipped", "depends_on goes round in a circle: a -> b -> a"],
    ]);
  });
});

describe("a round", () => {
  const chain = [node("a"), node("b", ["a"]), node("c", ["b"])];

  it("skips every source after a parent that failed or was halted, and says why", () => {
    for (const state of ["failed", "halted"] as const) {
      const { started, of } = play(planRound(["a", "b", "c"], chain, "none"), () => ({ state }));
      expect(started).toEqual(["a"]);
      expect(of("b")).toMatchObject({
        state: "skipped",
        reason: `its parent a ${state === "failed" ? "failed" : "was halted"}`,
      });
      expect(of("c")).toMatchObject({ state: "skipped", reason: "its parent b was skipped" });
    }
  });

  it("goes on after a parent with conflicts, because all its other tasks were synced", () => {
    expect(play(planRound(["a", "b"], chain, "none"), () => ({ state: "conflicted" })).started).toEqual([
      "a",
      "b",
    ]);
  });

  it("runs a cascading source only when its parent changed something", () => {
    const nodes = [
      node("a", [], { cascade_sync: true }),
      node("b", ["a"], { cascade_sync: true }),
      node("c", ["b"]),
      node("d", ["c"]),
    ];
    const members = planRound(["a"], nodes, "settings");
    expect(members.map(({ source, cascadesFrom }) => [source, cascadesFrom])).toEqual([
      ["a", null],
      ["b", ["a"]],
      ["c", ["b"]],
    ]);
    const ran = (changed: string[]) =>
      play(members, (source) => ({ state: "succeeded", changed: changed.includes(source) })).started;
    expect(ran([])).toEqual(["a"]);
    expect(ran(["a"])).toEqual(["a", "b"]);
    expect(ran(["a", "b"])).toEqual(["a", "b", "c"]);
    expect(play(members).of("b")).toMatchObject({ state: "unneeded", reason: "nothing changed in a" });
  });

  it(
    "lets a due source wait for a parent that may run before it, but goes on when that parent is not " +
      "needed",
    () => {
      // c is due; b only cascades from a.
      const nodes = [node("a", [], { cascade_sync: true }), node("b", ["a"]), node("c", ["b"])];
      const members = planRound(["a", "c"], nodes, "settings");
      expect(play(members).started).toEqual(["a", "c"]);
      expect(play(members, (source) => ({ state: "succeeded", changed: source === "a" })).started).toEqual([
        "a",
        "b",
        "c",
      ]);
      expect(play(members, () => ({ state: "failed" })).started).toEqual(["a", "c"]);
      const { of } = play(members, (source) =>
        source === "b" ? { state: "failed" } : { state: "succeeded", changed: true },
      );
      expect(of("c")).toMatchObject({ state: "skipped", reason: "its parent b failed" });
    },
  );

  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const nodes = fc
    .tuple(
      ...names.map((id) =>
        fc.record({
          id: fc.constant(id),
          depends_on: fc.subarray(names),
          priority: fc.integer({ min: -2, max: 2 }),
          cascade_sync: fc.boolean(),
          off: fc.constantFrom(null, null, "off"),
        }),
      ),
    )
    .map((all): RoundNode[] => all);
  const ends = fc.dictionary(
    fc.constantFrom(...names),
    fc.record({
      state: fc.constantFrom("succeeded", "conflicted", "halted", "failed"),
      changed: fc.boolean(),
    }),
  );

  it.each(["settings", "all", "none"] as const)(
    "ends, in order, for any dependencies and outcomes (cascade: %s)",
    (cascade) => {
      fc.assert(
        fc.property(nodes, fc.subarray(names), ends, fc.boolean(), (graph, wanted, outcomes, acyclic) => {
          const all = acyclic
            ? graph.map((each) => ({
                ...each,
                depends_on: each.depends_on.filter((parent) => parent < each.id),
              }))
            : graph;
          const members = planRound(wanted, all, cascade);
          const seen: string[] = [];
          const { started, members: end } = play(members, (source) => {
            seen.push(source);
            return outcomes[source] ?? { state: "succeeded" };
          });
          expect(isOver(end)).toBe(true);
          expect(new Set(started).size).toBe(started.length);
          // No source that was asked for is lost.
          for (const id of wanted) expect(members.map(({ source }) => source)).toContain(id);
          for (const { source, parents, state, reason, cascadesFrom } of end) {
            const ofParents = parents.map((parent) => end.find((each) => each.source === parent));
            if (started.includes(source)) {
              for (const parent of parents) {
                const its = end.find((each) => each.source === parent);
                expect(["succeeded", "conflicted", "unneeded"]).toContain(its?.state);
                // Its parent ended before it began.
                if (started.includes(parent))
                  expect(started.indexOf(parent)).toBeLessThan(started.indexOf(source));
              }
              if (cascadesFrom)
                expect(
                  ofParents.some((parent) => parent?.changed && cascadesFrom.includes(parent.source)),
                ).toBe(true);
            } else {
              expect(["skipped", "unneeded"]).toContain(state);
              expect(reason).not.toBeNull();
              if (acyclic && state === "skipped" && all.find(({ id }) => id === source)?.off === null) {
                expect(
                  ofParents.some((parent) => ["failed", "halted", "skipped"].includes(parent?.state ?? "")),
                ).toBe(true);
              }
            }
          }
        }),
      );
    },
  );
});
