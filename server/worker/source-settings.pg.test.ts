import { systemClock } from "../clock.ts";
import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "../../lib/protocol/actor.ts";
import { changeSource } from "../commands/change-source.ts";
import { metricsText } from "../queries/metrics.ts";
import { getSource } from "../queries/sources.ts";
import { getStatus } from "../queries/status.ts";
import { ADA } from "../testing/commands.ts";
import { type ManySources } from "../testing/many-sources.ts";
import { waitFor } from "../testing/wait-for.ts";
import { sweep } from "./sweep.ts";
import { startFamily } from "../testing/family.ts";
import { listenToEvents } from "../testing/listen-to-events.ts";

let many: ManySources;
afterEach(() => many.stop());
const asked = { actor: ADA as Actor };
const family = async (...options: Parameters<typeof startFamily>) => {
  many = await startFamily(...options);
};

describe("staleness", () => {
  it("is reported when it begins and ends, in the status, in metrics and as an event", async () => {
    await family();
    const heard = await listenToEvents(many.url);
    const at = (minutes: number) => ({ ...systemClock, now: () => new Date(Date.now() + minutes * 60_000) });
    await sweep(many.pool, at(10), many.log, []);
    expect((await getStatus(undefined)).stale).toBe(false);
    await many.sql(
      "UPDATE source_health SET last_success_at = now() - interval '20 minutes' WHERE source = 'other'",
    );
    // Several workers look, and one reports it.
    await Promise.all([1, 2, 3].map(() => sweep(many.pool, at(0), many.log, [])));
    expect(await getStatus(undefined)).toMatchObject({
      stale: true,
      sources: expect.arrayContaining([
        expect.objectContaining({ id: "other", stale: true }),
        expect.objectContaining({ id: "child", stale: false }),
      ]) as unknown,
    });
    expect(await getSource("other")).toMatchObject({
      stale: true,
      settings: { staleness_threshold_minutes: 15 },
    });
    expect(await metricsText()).toContain('lockstep_source_stale{source="other"} 1');
    // A run that finds nothing to do counts as a success too.
    await many.tick();
    await many.settled();
    await sweep(many.pool, at(0), many.log, []);
    expect(await getSource("other")).toMatchObject({ stale: false, stale_since: null });
    const stale = () => heard.events.filter((event) => event.event === "sync_source_stale");
    await waitFor(() => stale().length >= 2);
    expect(stale()).toEqual([
      { event: "sync_source_stale", source: "other", stale: true },
      { event: "sync_source_stale", source: "other", stale: false },
    ]);
    await heard.close();
  });
});

describe("settings edited in the database", () => {
  it("win over the file until they are removed, and cycles and unknown parents are refused", async () => {
    await family();
    await changeSource("child", { sync_interval_minutes: 60, priority: 1 }, asked);
    expect(await getSource("child")).toMatchObject({
      settings: { sync_interval_minutes: 60, priority: 1, staleness_threshold_minutes: 180 },
      origins: { priority: "database" },
      inherited: { priority: 9 },
      dependents: ["grandchild"],
    });
    await changeSource("child", { priority: null }, asked);
    expect(await getSource("child")).toMatchObject({
      settings: { sync_interval_minutes: 60, priority: 9 },
      origins: { priority: "file", sync_interval_minutes: "database", cascade_sync: "default" },
    });
    await expect(changeSource("parent", { depends_on: ["grandchild"] }, asked)).rejects.toMatchObject({
      code: "dependency_cycle",
      details: { path: ["parent", "grandchild", "child", "parent"] },
    });
    await expect(changeSource("parent", { depends_on: ["absent"] }, asked)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("absent") as string,
    });
    await expect(changeSource("absent", {}, asked)).rejects.toMatchObject({ code: "not_found" });
    // Only both changes together are a cycle, so one of them is refused.
    await changeSource("child", { depends_on: [] }, asked);
    const both = await Promise.allSettled([
      changeSource("other", { depends_on: ["parent"] }, asked),
      changeSource("parent", { depends_on: ["other"] }, asked),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const audit = await many.sql(
      "SELECT actor, before, after FROM audit_entries WHERE action = 'source_settings_changed' ORDER " +
        "BY id LIMIT 2",
    );
    expect(audit).toEqual([
      {
        actor: "ada",
        before: { sync_interval_minutes: 5, priority: 9 },
        after: { sync_interval_minutes: 60, priority: 1 },
      },
      { actor: "ada", before: { priority: 1 }, after: { priority: 9 } },
    ]);
  });
});
