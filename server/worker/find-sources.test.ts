import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findSources, type WhereToLook } from "./find-sources.ts";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "lockstep-sources-")));
  await mkdir(join(folder, "config/teams/deep"), { recursive: true });
  for (const name of [
    "config/a.yml",
    "config/teams/red.yml",
    "config/teams/blue.yml",
    "config/teams/deep/green.yaml",
    "outside.yml",
  ]) {
    await writeFile(join(folder, name), "tasks: []\n");
  }
});
afterEach(() => rm(folder, { recursive: true }));

const look = async (text: string | null, more: Partial<WhereToLook> = {}) => {
  const sourcesFile = join(folder, "config/sources.yml");
  if (text !== null) await writeFile(sourcesFile, text);
  const presets = { intervalMinutes: 5, strategy: "three-way" as const };
  return findSources({
    sourcesFile,
    scheduleFile: join(folder, "outside.yml"),
    folders: [],
    dataDir: join(folder, "config/data"),
    presets,
    labels: ["default"],
    labelOf: (_id, configured) => configured,
    ...more,
  });
};
const ids = async (...given: Parameters<typeof look>) => (await look(...given)).sources.map(({ id }) => id);
const complaints = async (...given: Parameters<typeof look>) =>
  (await look(...given)).problems.map(({ message, line }) => `${line ?? ""} ${message}`).join("\n");

describe("findSources", () => {
  it("begins with the direction of the process, and the list is stronger", async () => {
    const presets = {
      intervalMinutes: 5,
      strategy: "three-way",
      direction: "file_to_database",
    } as const;
    const directions = async (text: string | null) =>
      (await look(text, { presets })).sources.map(({ base }) => base.settings.direction);
    expect(await directions(null)).toEqual(["file_to_database"]);
    const list =
      "sources:\n  - id: a\n    file: a.yml\n  - id: b\n    file: b.yml\n    direction: db_to_yaml\n";
    expect(await directions(list)).toEqual(["file_to_database", "database_to_file"]);
  });

  it("without a list finds the operator's one file", async () => {
    const { sources, listed, problems } = await look(null);
    expect(sources).toMatchObject([{ id: "default", path: join(folder, "outside.yml") }]);
    expect({ listed, problems }).toEqual({ listed: false, problems: [] });
  });

  it("finds files and the files of patterns, each with its own settings", async () => {
    const { sources, problems } = await look(
      "defaults: {priority: 3}\nsources:\n  - {id: a, file: a.yml, sync_interval_minutes: 60}\n" +
        "  - {glob: 'teams/*.yml', id: 'team-{name}', depends_on: [a]}\n" +
        "  - {glob: 'teams/deep/**/*.{yml,yaml}'}\n",
    );
    expect(problems).toEqual([]);
    expect(sources.map(({ id, path }) => [id, path])).toEqual([
      ["a", join(folder, "config/a.yml")],
      ["team-blue", join(folder, "config/teams/blue.yml")],
      ["team-red", join(folder, "config/teams/red.yml")],
      ["teams-deep-green", join(folder, "config/teams/deep/green.yaml")],
    ]);
    const { settings, origins } = sources[0]?.base ?? { settings: {}, origins: {} };
    expect(settings).toMatchObject({
      priority: 3,
      sync_interval_minutes: 60,
      staleness_threshold_minutes: 180,
    });
    expect(origins).toMatchObject({
      priority: "defaults",
      sync_interval_minutes: "file",
      staleness_threshold_minutes: "default",
    });
  });

  it.each([
    ["a path out of the folder", "sources:\n  - {id: x, file: ../outside.yml}\n", "2 "],
    ["a file in DATA_DIR", "sources:\n  - {id: x, file: data/auth-secret}\n", "into DATA_DIR"],
    ["an absolute path", "sources:\n  - {id: x, file: /etc/passwd}\n", "leads to /etc/passwd, outside"],
    ["a pattern out of the folder", "sources:\n  - {id: '{name}', glob: '../*.yml'}\n", "outside the folder"],
    [
      "a file that is not there yet, outside",
      "sources:\n  - {id: x, file: ../nowhere/x.yml}\n",
      "outside the folder",
    ],
  ])("refuses %s", async (_name, text, expected) => {
    expect(await complaints(text)).toContain(expected);
    expect(await complaints(text)).toContain("outside");
  });

  it("follows symbolic links before it accepts where a file is", async () => {
    await symlink(join(folder, "outside.yml"), join(folder, "config/teams/link.yml"));
    await symlink(folder, join(folder, "config/up"));
    expect(await complaints("sources:\n  - {id: '{name}', glob: 'teams/*.yml'}\n")).toContain(
      `link.yml leads to ${join(folder, "outside.yml")}, outside`,
    );
    expect(await complaints("sources:\n  - {id: x, file: up/outside.yml}\n")).toContain("outside");
    expect(
      await complaints("sources:\n  - {id: '{name}', glob: 'teams/*.yml'}\n", { folders: [folder] }),
    ).toBe("");
  });

  it("refuses a list that is itself a link out of its folder, whose problems would quote what it leads to", async () => {
    await writeFile(join(folder, "outside.yml"), "API_TOKEN: hunter2\n");
    await symlink("../outside.yml", join(folder, "config/sources.yml"));
    expect(await complaints(null)).toBe(" leads out of its folder and of those in SOURCE_FOLDERS");
    expect(await complaints(null, { folders: [folder] })).toContain("API_TOKEN");
  });

  it("does not follow a loop of links", async () => {
    await symlink("..", join(folder, "config/teams/deep/up"));
    expect(await complaints("sources: [{glob: 'teams/deep/**/*.yml'}]")).toBe("");
  });

  it("recognises one file with two names", async () => {
    await symlink("red.yml", join(folder, "config/teams/rot.yml"));
    expect(await complaints("sources: [{glob: 'teams/*.yml'}]")).toContain(
      "rot.yml is in two sources, teams-red and teams-rot",
    );
  });

  it("ignores files that only other workers reach", async () => {
    const text =
      "sources:\n  - {id: a, file: a.yml, depends_on: [far, eu-1]}\n" +
      "  - {id: far, file: /elsewhere/far.yml, worker: eu}\n" +
      "  - {glob: '/elsewhere/*.yml', id: 'eu-{name}', worker: eu}\n";
    expect(await ids(text)).toEqual(["a"]);
    expect(await complaints(text)).toBe("");
    // An edit in the database gave this source to this worker.
    expect(await complaints(text, { labelOf: () => "default" })).toContain("/elsewhere/far.yml leads to");
    expect(await ids("sources: [{id: a, file: a.yml}]", { labels: ["eu"] })).toEqual([]);
  });

  it.each([
    ["a name that gives no id", () => writeFile(join(folder, "config/teams/my jobs.yml"), "tasks: []\n")],
    ["a link out of the folder", () => symlink("/etc/passwd", join(folder, "config/teams/link.yml"))],
    ["a link to another of them", () => symlink("red.yml", join(folder, "config/teams/a.yml"))],
  ])("leaves out %s, and finds the others", async (_name, add) => {
    await add();
    const { sources, problems } = await look("sources: [{glob: 'teams/*.yml'}]");
    expect(sources.map(({ id }) => id)).toEqual(["teams-blue", "teams-red"]);
    expect(problems).toMatchObject([{ left_out: true, line: 1 }]);
  });

  it("reports problems of the list itself", async () => {
    expect(
      await complaints("sources:\n  - {id: a, file: a.yml}\n  - {id: a, file: teams/red.yml}\n"),
    ).toContain("3 the id a is used twice");
    expect(await complaints("sources: 1\n")).toContain("needs a list");
  });
});
