import { describe, expect, it } from "vitest";
import { PHASES, PROJECTS, usePulls } from "./testing/use-pulls.ts";

const use = usePulls({ directories: 1, projects: 3 });

describe("lists of parents", () => {
  it("that failed leave their children, and those of a parent that is gone are deleted", async () => {
    await use.sources.use(`${PROJECTS}\n${PHASES}`);
    await use.sources.pull("projects");
    await use.sources.pull("phases");
    await use.upstream.control({ remove: { projects: ["d1-p2"], phases: ["d1-p2-f1", "d1-p2-f2"] } });
    // The parent is not known to be gone yet, so its list fails.
    expect(await use.sources.pull("phases")).toMatchObject({ outcome: "failed", counts: { deleted: 0 } });
    await use.sources.pull("projects");
    expect(await use.sources.pull("phases")).toMatchObject({ outcome: "succeeded", counts: { deleted: 2 } });
  });

  it("are read alone, where only what hangs below some parents is wanted", async () => {
    await use.sources.use(`${PROJECTS}\n${PHASES}`);
    await use.sources.pull("projects");
    await use.sources.pull("phases");
    await use.upstream.control({
      put: {
        phases: [
          { id: "a", project_id: "d1-p1" },
          { id: "b", project_id: "d1-p2" },
        ],
      },
      remove: { phases: ["d1-p1-f1"] },
    });
    const before = (await use.upstream.requests()).length;
    const run = await use.sources.pull("phases", { under: { source: "projects", ids: ["d1-p1"] } });
    expect(run).toMatchObject({ outcome: "succeeded", counts: { created: 1, deleted: 1 } });
    expect(
      (await use.upstream.requests()).slice(before).every((line) => line.includes("/projects/d1-p1/phases")),
    ).toBe(true);
    expect(await use.sources.record("phases")).toMatchObject({ kind: "part", lists: 1 });
  });

  it("ask for nothing again that has not changed", async () => {
    await use.sources.use(`${PROJECTS}\n${PHASES.replace("size: 1", "size: 50")}`);
    await use.sources.pull("projects");
    await use.sources.pull("phases");
    const before = (await use.upstream.control()).log.length;
    expect(await use.sources.pull("phases")).toMatchObject({
      outcome: "succeeded",
      counts: { created: 0, deleted: 0 },
    });
    expect((await use.upstream.control()).log.slice(before).map(({ status }) => status)).toEqual(
      Array(3).fill(304),
    );
  });

  it("whose items name their parent tell of orphans", async () => {
    const flat =
      "- {id: phases, path: /all/phases, parent: {resource: projects, field: project_id}, paginator: {type: single_page}}";
    await use.sources.use(`${PROJECTS}\n${flat}`);
    await use.sources.pull("projects");
    await use.upstream.control({ put: { phases: [{ id: "lost", project_id: "nowhere" }] } });
    const run = await use.sources.pull("phases");
    expect(run).toMatchObject({ outcome: "succeeded", problems: [{ code: "orphan" }] });
    expect(run.problems[0]?.message).toContain(
      "1 objects hang from parents that projects does not have: lost (of nowhere)",
    );
  });

  it("wait for their parents", async () => {
    await use.sources.use(`${PROJECTS}\n${PHASES}`);
    expect(await use.sources.pull("phases")).toMatchObject({
      outcome: "failed",
      problems: [{ message: "phases hangs from projects, which has not been pulled yet" }],
    });
  });
});
