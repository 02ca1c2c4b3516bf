import { describe, expect, it } from "vitest";
import { layered, presetSettings, withOverrides } from "./settings.ts";
import { storedSettings } from "./stored.ts";

const presets = presetSettings({ intervalMinutes: 5, strategy: "three-way" });

describe("settings", () => {
  it("come from the strongest layer that has them", () => {
    const base = layered(presets, [
      ["defaults", { priority: 1, cascade_sync: true }],
      ["file", { priority: 2 }],
    ]);
    expect(base.settings).toMatchObject({ priority: 2, cascade_sync: true, direction: "bidirectional" });
    expect(base.origins).toMatchObject({ priority: "file", cascade_sync: "defaults", direction: "default" });
    const edited = withOverrides(base, { cascade_sync: false });
    expect(edited.settings).toMatchObject({ priority: 2, cascade_sync: false });
    expect(edited.origins).toMatchObject({
      priority: "file",
      cascade_sync: "database",
      direction: "default",
    });
    // Without the edits, everything is as the files say.
    expect(withOverrides(base, {})).toEqual(base);
  });

  it("call data stale after three intervals, from whichever layer the interval comes", () => {
    const threshold = (edit: object) =>
      withOverrides(layered(presets, []), edit).settings.staleness_threshold_minutes;
    expect([
      threshold({}),
      threshold({ sync_interval_minutes: 60 }),
      threshold({ sync_interval_minutes: 1 }),
      threshold({ staleness_threshold_minutes: 7 }),
    ]).toEqual([15, 180, 15, 7]);
  });
});

describe("stored settings", () => {
  it("are the settings that a worker registered, with the edits over them", () => {
    const base = layered(presets, [["file", { priority: 2 }]]);
    const stored = JSON.parse(JSON.stringify(base)) as unknown;
    expect(storedSettings(stored, { priority: 3 })).toEqual(withOverrides(base, { priority: 3 }));
    expect(storedSettings(stored, {})).toEqual(base);
    expect(storedSettings({}, {}).settings.is_sync_enabled).toBe(true);
  });

  it("convert the older name of an owner, and are never guessed", () => {
    expect(storedSettings({}, { fields: { status: "file", next_run_at: "db" } }).settings.fields).toEqual({
      status: "file",
      next_run_at: "database",
    });
    for (const wrong of [
      { fields: { status: "sql" } },
      { priority: "high" },
      { direction: "sideways" },
      { unknown: 1 },
    ])
      expect(() => storedSettings({}, wrong)).toThrow();
  });
});
