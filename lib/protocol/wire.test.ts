import { describe, expect, it } from "vitest";
import { settingsSchema, settingsToWire } from "../source/settings.ts";
import { baseToStore, storedBase } from "../source/stored.ts";
import { CHOICES, DIRECTIONS } from "../sync/types.ts";
import {
  choiceFromWire,
  choiceNamed,
  choiceToWire,
  conflictFromWire,
  conflictToWire,
  directionFromWire,
  directionToWire,
  ownershipFromWire,
  ownershipToWire,
  resolutionFromWire,
  resolutionToWire,
} from "./wire.ts";

describe("the spelling of the API", () => {
  it("converts back to the words of the code", () => {
    expect(DIRECTIONS.map(directionToWire)).toEqual(["bidirectional", "yaml_to_db", "db_to_yaml"]);
    expect(DIRECTIONS.map(directionToWire).map(directionFromWire)).toEqual(DIRECTIONS);
    expect(CHOICES.map(choiceToWire)).toEqual(["keep_yaml", "keep_db", "merge"]);
    expect(CHOICES.map(choiceToWire).map(choiceFromWire)).toEqual(CHOICES);
    expect([choiceNamed("keep_db"), choiceNamed("ask")]).toEqual(["keep_database", undefined]);
    const owners = { status: "database", description: "file" } as const;
    expect(ownershipToWire(owners)).toEqual({ status: "db", description: "yaml" });
    expect(ownershipFromWire(ownershipToWire(owners))).toEqual(owners);
  });

  it("of a resolution leaves values and field names unchanged", () => {
    const fields = { yaml: "file", "params.db": "database", db: { value: "yaml" } } as const;
    const resolution = { choice: "merge", revision: "r", fields } as const;
    const wire = resolutionToWire(resolution);
    expect(wire).toEqual({
      choice: "merge",
      revision: "r",
      fields: { yaml: "yaml", "params.db": "db", db: { value: "yaml" } },
    });
    expect(resolutionFromWire(wire)).toEqual(resolution);
  });

  it("of a conflict leaves both sides' tasks unchanged", () => {
    const sides = {
      file_data: { direction: "db_to_yaml" },
      database_data: null,
      file_updated_at: "2026-01-01T00:00:00.000Z",
      database_updated_at: null,
    };
    const wire = conflictToWire({ task_id: "1", ...sides });
    expect(wire).toEqual({
      task_id: "1",
      yaml_data: { direction: "db_to_yaml" },
      db_data: null,
      yaml_updated_at: "2026-01-01T00:00:00.000Z",
      db_updated_at: null,
    });
    expect(conflictFromWire(wire)).toEqual({ task_id: "1", ...sides });
  });

  it("of settings is the one in sources.yml and the database", () => {
    const patch = { direction: "yaml_to_db", conflict_policy: "keep_yaml", fields: { status: "db" } };
    const settings = settingsSchema.partial().parse(patch);
    expect(settings).toEqual({
      direction: "file_to_database",
      conflict_policy: "keep_file",
      fields: { status: "database" },
    });
    expect(settingsToWire(settings)).toEqual(patch);
    const unregistered = storedBase({});
    const base = { ...unregistered, settings: { ...unregistered.settings, ...settings } };
    expect(storedBase(baseToStore(base))).toEqual(base);
  });
});
