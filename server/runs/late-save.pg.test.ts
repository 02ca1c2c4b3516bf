import { copyFile, type FileHandle, open } from "node:fs/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { inAnHour } from "../testing/in-an-hour.ts";
import { beginSlowSave } from "../testing/slow-save.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";

const NEW = `
  - id: 9
    skill_name: appended
    schedule_cron: "0 9 * * *"
`;

let source: TestSource;
/** A person who has had the file open since before our write. */
let theirs: FileHandle;
beforeEach(async () => {
  source = await startTestSource();
  theirs = await open(source.path, "r+");
});
afterEach(async () => {
  await theirs.close();
  await source.stop();
});

/** A write of ours: another file is in the place of theirs afterwards. */
async function weWrite(description: string, id = 2): Promise<void> {
  await source.sql("UPDATE tasks SET description = $1 WHERE id = $2", [description, String(id)]);
  expect((await source.run("database")).outcome).toBe("succeeded");
  expect(await source.read()).toContain(`description: ${description}`);
}
const append = (text: string) => theirs.write(text, SAMPLE.length);

it("what is written on into the file that we have replaced is a save of the file", async () => {
  await weWrite("Ours");
  await append(NEW);
  expect(await source.run("watch")).toMatchObject({ outcome: "succeeded", problems: [] });
  expect(await source.row(9)).toMatchObject({ skill_name: "appended" });
  expect(await source.read()).toMatch(/description: Ours[^]*id: 9/);
  expect(await source.conflicts()).toEqual([]);
  await source.expectInStep();
});

it("after several writes of ours as well, and an edit of another task", async () => {
  await weWrite("Ours");
  await weWrite("Ours too", 3);
  await weWrite("And once more");
  const text = SAMPLE.replace("keep_days: 30", "keep_days: 60");
  await theirs.write(text, 0);
  expect(await source.run("watch")).toMatchObject({ outcome: "succeeded", problems: [] });
  expect(await source.row(1)).toMatchObject({ params: { keep_days: 60 } });
  expect(await source.read()).toMatch(/keep_days: 60[^]*And once more[^]*Ours too/);
  await source.expectInStep();
});

it("the rest of a save that stalled for so long that its first part counted brings back the tasks", async () => {
  const save = await beginSlowSave(source.path, SAMPLE, SAMPLE.split("\n").indexOf("  - id: 3"));
  await weWrite("Ours");
  expect(await source.row(3)).toBeUndefined();
  await save.finish();
  expect(await source.run("watch")).toMatchObject({ outcome: "succeeded" });
  expect(await source.row(3)).toMatchObject({ skill_name: "weekly-report" });
  expect(await source.read()).toContain("description: Ours");
  await source.expectInStep();
});

it("what may not be whole yet waits", async () => {
  let now = inAnHour();
  source.context.endpoint = source.open(source.path, () => now);
  await weWrite("Ours");
  const before = await source.read();
  now = Date.now();
  await append(NEW.slice(0, -20));
  await source.run("watch");
  expect([await source.read(), await source.problems()]).toEqual([before, []]);
  await append(NEW);
  now = inAnHour();
  await source.run("watch");
  expect(await source.row(9)).toMatchObject({ skill_name: "appended" });
  await source.expectInStep();
});

it("text that cannot be read is kept as a version and told, and the file stays as it is", async () => {
  await weWrite("Ours");
  const before = await source.read();
  await append("\n  - id: 9\n    skill_name: [");
  await source.run("watch");
  expect(await source.read()).toBe(before);
  expect(await source.problems()).toMatchObject([{ code: "late_save" }]);
});

it("text in which a task is missing is kept as a version and told, as its writer may have been killed", async () => {
  await weWrite("Ours");
  const before = await source.read();
  await theirs.truncate(SAMPLE.indexOf("\n  - id: 3"));
  await source.run("watch");
  expect(await source.read()).toBe(before);
  expect(await source.problems()).toMatchObject([{ code: "late_save" }]);
  expect(await source.row(3)).toBeDefined();
});

it("a copy of the file in .bak is none", async () => {
  await weWrite("Ours");
  await copyFile(source.path, `${source.path}.bak`);
  const before = await source.read();
  expect(await source.run("watch")).toMatchObject({ outcome: "succeeded", problems: [] });
  expect(await source.read()).toBe(before);
});

it("several bursts are several saves", async () => {
  await weWrite("Ours");
  await append(NEW);
  await source.run("watch");
  await append(NEW + NEW.replaceAll("9", "10"));
  await source.run("watch");
  expect(await source.row(10)).toMatchObject({ skill_name: "appended" });
  expect(await source.read()).toContain("description: Ours");
  await source.expectInStep();
});

it("whoever watches the file is told", async () => {
  await weWrite("Ours");
  const onChange = vi.fn();
  const watch = await source.context.endpoint.watch(onChange);
  await append(NEW);
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
  await watch.close();
});

it("a dry run changes nothing", async () => {
  await weWrite("Ours");
  await append(NEW);
  const before = await source.read();
  await source.dryRun();
  expect(await source.read()).toBe(before);
});

it("where both concern the same task it is kept as a version and told, until the file is saved", async () => {
  await weWrite("Ours");
  const text = SAMPLE.replace("Check", "Their");
  await theirs.write(text, 0);
  const before = await source.read();
  expect(await source.run("watch")).toMatchObject({ problems: [{ code: "late_save" }] });
  expect(await source.read()).toBe(before);
  const [problem] = await source.problems();
  expect(problem?.message).toContain("task 2 has been edited on both sides");
  const [version] = await source.context.endpoint.versions.list();
  expect(problem?.message).toContain(version?.name);
  expect(await source.context.endpoint.versions.readText(version?.name ?? "")).toBe(text);
  await weWrite("Still told of");
  expect(await source.problems()).toHaveLength(1);
  await source.edit("description: Still told of", "description: Their");
  await source.run("watch");
  expect(await source.problems()).toEqual([]);
  await source.expectInStep();
});

it("where somebody has saved the file since it is told as well", async () => {
  await weWrite("Ours");
  await source.edit("keep_days: 30", "keep_days: 60");
  await source.run("watch");
  await append(NEW);
  expect(await source.run("watch")).toMatchObject({ problems: [{ code: "late_save" }] });
  expect(await source.read()).not.toContain("appended");
  await source.expectInStep();
});
