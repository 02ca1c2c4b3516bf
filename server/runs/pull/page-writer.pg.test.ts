import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { newList } from "../../../lib/pull/list-progress.ts";
import { openPull } from "../../store/pulls.ts";
import { StartOver } from "../source-context.ts";
import { PageWriter } from "./page-writer.ts";
import { PROJECTS, usePulls } from "./testing/use-pulls.ts";

const use = usePulls();

it("a process that lost the pull to another writes nothing, also where that one has written the same", async () => {
  await use.sources.use(PROJECTS);
  const { pool } = use.sources;
  const context = use.sources.contexts.get("projects")!;
  const [holder, other] = [randomUUID(), randomUUID()];
  const wish = {
    source: "projects",
    run_id: randomUUID(),
    kind: "full",
    config: "",
    wish: "",
    started_at: new Date(),
  } as const;
  const pull = await openPull(pool, { ...wish, holder });
  const late = new PageWriter(context, pull, holder, {});
  const present = new PageWriter(context, await openPull(pool, { ...wish, holder: other }), other, {});
  for await (const page of context.collection.pages({
    parent: null,
    from: null,
    since: null,
    validators: null,
  })) {
    for (const writer of [late, present]) await writer.add({ list: "", page, progress: newList(1) });
  }
  await present.flush();
  await expect(late.flush()).rejects.toThrow(StartOver);
  expect(await use.sources.keys("projects")).toHaveLength(12);
  expect(await use.changes("projects")).toHaveLength(12);
});
