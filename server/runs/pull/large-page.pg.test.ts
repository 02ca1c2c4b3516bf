import { expect, it } from "vitest";
import { waitFor } from "../../testing/wait-for.ts";
import { usePulls } from "./testing/use-pulls.ts";

/** More than a megabyte on one page, so that it is written in parts. */
const use = usePulls({ directories: 15, projects: 100, phases: 0 });
const ALL = "- {id: projects, path: /all/projects, paginator: {type: single_page}}";
const ids = async () => (await use.upstream.control()).world["projects"]?.map(({ id }) => id) ?? [];

it("a large page that breaks off deletes nothing, and what came of it is stored; a killed pull goes on in its middle", async () => {
  const { sources, upstream } = use;
  await upstream.control({ put: { projects: (await ids()).map((id) => ({ id, plan: "x".repeat(2_000) })) } });
  await sources.use(ALL);
  await upstream.control({ faults: [{ body: "broken" }] });
  const broken = await sources.pull("projects");
  expect(broken).toMatchObject({ outcome: "failed", problems: [{ code: "request_failed" }] });
  const came = (await sources.keys("projects")).length;
  expect(came).toBeGreaterThan(500);
  expect(came).toBeLessThan(1_500);

  // As a killed process leaves it: the beginning of the page is stored, and the rest never came.
  await upstream.control({
    put: { projects: [{ id: "d1-p1", name: "New" }] },
    faults: [{ body: "hanging" }],
  });
  const context = sources.contexts.get("projects")!;
  const aborting = new AbortController();
  Object.assign(context, { stopping: aborting.signal });
  const asked = sources.ask("projects");
  const isNew = () =>
    sources.sql("SELECT FROM objects WHERE external_id = 'd1-p1' AND data ->> 'name' = 'New'");
  await waitFor(async () => (await isNew()).length > 0, { what: "the beginning of the page" });
  aborting.abort();
  await sources.runners.get("projects")?.idle();
  await upstream.control({ faults: [], remove: { projects: ["d15-p100"] } });
  Object.assign(context, { stopping: new AbortController().signal });
  await sources.runners.get("projects")?.wake();
  expect(await asked).toMatchObject({ run: { outcome: "succeeded", counts: { created: 1_499 - came } } });
  expect(await sources.record("projects")).toMatchObject({
    resumed: 1,
    pass: 1,
    pages: 1,
    items: 1_499,
    unique_ids: 1_499,
    state: "complete",
  });
});
