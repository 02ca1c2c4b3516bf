import { expect, type Page } from "@playwright/test";
import { changedLines, commit } from "./support/git.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import { putBack } from "./support/put-back.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

let lockstep: Lockstep;
let original: string;

test.beforeAll(async ({ automatic }) => {
  lockstep = await automatic.fresh();
  original = lockstep.read();
});
test.beforeEach(async () => {
  await putBack(lockstep, original);
  await expectInStep(lockstep);
});

const row = (page: Page, id: string) => page.locator(`[role=row][data-task="${id}"]`);
const panel = (page: Page) => page.getByRole("dialog");

test("an edit in the file shows without a reload, and its row flashes", async ({ browser }) => {
  const page = await signedIn(browser, lockstep);
  await expect(row(page, "2")).toContainText("Check that every service answers");
  lockstep.replace("Check that every service answers", "Seen at once");
  await expect(row(page, "2")).toContainText("Seen at once");
  await expect(row(page, "2")).toHaveAttribute("data-flashing");
  await expect(row(page, "1")).not.toHaveAttribute("data-flashing");
  await expect(row(page, "2")).not.toHaveAttribute("data-flashing");
});

test("an edit in the browser is in the file, and git shows only its lines", async ({ browser }) => {
  commit(lockstep);
  const page = await signedIn(browser, lockstep);
  await row(page, "2").click();
  const cron = panel(page).getByLabel("Schedule (cron)");
  await cron.fill("*/15 * * *");
  await expect(cron).toHaveAttribute("aria-invalid", "true");
  await expect(panel(page).getByRole("button", { name: "Save" })).toBeDisabled();
  await cron.fill("*/15 * * * *");
  await expect(panel(page)).toContainText("Every 15 minutes");
  await expect(panel(page).getByRole("list", { name: "Next runs" }).getByRole("listitem")).toHaveCount(5);
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(panel(page)).toContainText("Saved, in file");
  expect(changedLines(lockstep).filter((line) => !/last_sync|sync_source/.test(line))).toEqual([
    '-    schedule_cron: "0 * * * *" # every hour',
    '+    schedule_cron: "*/15 * * * *" # every hour',
  ]);
  // The person's own edit does not flash.
  await expect(row(page, "2")).not.toHaveAttribute("data-flashing");
  await expect(row(page, "2")).toContainText("Every 15 minutes");
  // The run that carried the edit computed the next run, but the edit still has the person's name.
  await expect(row(page, "2")).toContainText("by admin@example.com");
  await expectInStep(lockstep);
});

test("a task is created with params as fields and as YAML, deleted, and brought back by undo", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep);
  await page.getByRole("button", { name: "New task" }).click();
  await panel(page).getByLabel("Skill").fill("nightly");
  await panel(page).getByLabel("Schedule (cron)").fill("0 3 * * *");
  await expect(panel(page)).toContainText("Every day at 03:00");
  const params = panel(page).getByRole("group", { name: "Params" });
  await params.getByRole("button", { name: "Add a key" }).click();
  await params.getByLabel("Params: key").fill("retries");
  await params.getByLabel("Params: key").press("Enter");
  await params.getByLabel("Params retries: kind").click();
  await page.getByRole("option", { name: "number" }).click();
  await params.getByLabel("Params retries", { exact: true }).fill("3");
  await params.getByText("YAML").click();
  const yaml = params.getByLabel("Params as YAML");
  await expect(yaml).toHaveValue("retries: 3\n");
  await yaml.fill("retries: 3\nhosts: [a, b");
  await expect(params.getByRole("alert")).toBeVisible();
  await yaml.fill("retries: 3\nhosts: [a, b]\n");
  await panel(page).getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("Created task 4")).toBeVisible();
  await expect(panel(page)).toContainText("Task 4");
  expect(lockstep.read()).toMatch(/skill_name: nightly/);
  const { body } = await lockstep.call("GET /api/tasks/:id", { params: { id: "4" } });
  expect(body.task).toMatchObject({ params: { retries: 3, hosts: ["a", "b"] }, status: "active" });
  await expectInStep(lockstep);

  await panel(page).getByRole("button", { name: "Delete this task" }).click();
  await expect(row(page, "4")).toHaveCount(0);
  await until("it is gone from the file", () => !lockstep.read().includes("nightly"));
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByRole("button", { name: "Put 1 task back" }).click();
  await expect(row(page, "4")).toContainText("nightly");
  await until("it is back in the file", () => lockstep.read().includes("nightly"));
  expect((await lockstep.call("GET /api/tasks/:id", { params: { id: "4" } })).body.task).toMatchObject({
    params: { retries: 3, hosts: ["a", "b"] },
  });
});

test("two browsers see each other's edits, and neither overwrites the other's", async ({ browser }) => {
  const [ada, bob] = [
    await signedIn(browser, lockstep, "/?task=1"),
    await signedIn(browser, lockstep, "/?task=1"),
  ];
  await panel(ada).getByLabel("Description").fill("by Ada");
  await panel(bob).getByLabel("Description").fill("by Bob");
  await panel(bob).getByLabel("Time zone").fill("Asia/Tokyo");
  await panel(bob).getByRole("button", { name: "Save" }).click();
  await expect(panel(bob)).toContainText("Saved, in file");
  // Ada sees Bob's edit: the field that she did not edit has his value, and the other field asks her to choose.
  await expect(panel(ada).getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
  await expect(panel(ada).getByLabel("Description")).toHaveValue("by Ada");
  await expect(panel(ada)).toContainText("Both of you changed description");
  await expect(panel(ada).getByRole("button", { name: "Save" })).toBeDisabled();
  await expect(panel(ada).getByRole("contentinfo")).toContainText(
    "Choose theirs or yours for description first",
  );
  await panel(ada).getByRole("button", { name: "Keep yours" }).click();
  await panel(ada).getByRole("button", { name: "Save" }).click();
  await expect(panel(ada)).toContainText("Saved, in file");
  await expect(panel(bob).getByLabel("Description")).toHaveValue("by Ada");
  expect(lockstep.read()).toContain("timezone: Asia/Tokyo");
  await expectInStep(lockstep);
});

test("the address keeps search, filters and order, and restores them", async ({ browser }) => {
  const page = await signedIn(browser, lockstep);
  await page.getByRole("searchbox").fill("report");
  await expect(row(page, "3")).toBeVisible();
  await expect(row(page, "1")).toHaveCount(0);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByRole("search").getByRole("button", { name: "Status" }).click();
  await page.getByRole("menuitemcheckbox", { name: "active" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Task", exact: true }).getByRole("button").click();
  await page.getByRole("columnheader", { name: "Task", exact: true }).getByRole("button").click();
  await expect(page).toHaveURL(/\?status=active&sort=-skill$/);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Task", exact: true })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(page.locator("[role=row][data-task]")).toHaveCount(2);
  expect(
    await page
      .locator("[role=row][data-task]")
      .evaluateAll((rows) => rows.map((each) => each.getAttribute("data-task"))),
  ).toEqual(["2", "1"]);
});

test("the page says that an edit which cannot reach the file waits, and why", async ({ browser }) => {
  const page = await signedIn(browser, lockstep, "/?task=1");
  lockstep.write(original.replace("tasks:", "tasks: [oops"));
  await expect(page.getByRole("button", { name: "1 problem", includeHidden: true })).toBeVisible();
  await panel(page).getByLabel("Description").fill("while broken");
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(panel(page)).toContainText("Saved; pending:");
  lockstep.write(original);
  await expect(panel(page)).toContainText("Saved, in file");
  expect(lockstep.read()).toContain("while broken");
});

test("an edit is undone after saving and from the history, which says what was edited since", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep, "/?task=2");
  const undo = page.getByRole("dialog", { name: "Undo this edit of task 2?" });
  // The file's metadata tell when it was written.
  const tasks = () => lockstep.read().split("\ntasks:")[1];
  const before = tasks();
  await panel(page).getByLabel("Description").fill("A mistake");
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(panel(page)).toContainText("Saved, in file");
  await panel(page).getByRole("button", { name: "Undo" }).click();
  await expect(undo.getByRole("row", { name: "description" })).toContainText("A mistake");
  await undo.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone in task 2")).toBeVisible();
  await expect(undo).toHaveCount(0);
  await expect(panel(page).getByLabel("Description")).toHaveValue("Check that every service answers");
  await expect.poll(tasks).toBe(before);

  const patch = (body: { status?: string; timezone?: string }) =>
    lockstep.call("PATCH /api/tasks/:id", { params: { id: "2" }, body });
  await patch({ status: "paused", timezone: "Asia/Tokyo" });
  await patch({ status: "failed" });
  await page.getByRole("tab", { name: "History" }).click();
  const entry = panel(page).getByRole("article", { name: /API_TOKEN changed .*timezone/ });
  await entry.getByRole("button").first().click();
  await entry.getByRole("button", { name: "Undo this edit…" }).click();
  await expect(undo).toContainText("Edited since, and left as it is: status.");
  await expectAccessible(page);
  await undo.getByRole("button", { name: "Undo" }).click();
  await expect(undo).toHaveCount(0);
  await expectInStep(lockstep);
  const { body } = await lockstep.call("GET /api/tasks/:id", { params: { id: "2" } });
  expect(body.task).toMatchObject({ status: "failed", timezone: "UTC" });
});

test("a schedule is built from choices, a task is duplicated, and the form says what to enter", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep, "/?task=2");
  await expect(panel(page)).toContainText("Nothing is changed yet");
  await panel(page).getByRole("button", { name: "Duplicate this task" }).click();
  await expect(panel(page)).toContainText("New task");
  await expect(panel(page).getByLabel("Skill")).toHaveValue("health-check-copy");
  await expect(panel(page).getByLabel("Description")).toHaveValue("Check that every service answers");
  await panel(page).getByLabel("Schedule (cron)").fill("0 99 * * *");
  await expect(panel(page)).toContainText("The hour must be 0 to 23.");
  await expect(panel(page)).toContainText("Fix first: Schedule (cron)");
  await panel(page).getByRole("button", { name: "Build" }).click();
  const builder = panel(page).getByRole("group", { name: "Schedule builder" });
  await builder.getByLabel("How often").click();
  await page.getByRole("option", { name: "On days of the week" }).click();
  await builder.getByRole("button", { name: "Fri" }).click();
  await builder.getByLabel("Time of day").fill("06:30");
  await expect(panel(page).getByLabel("Schedule (cron)")).toHaveValue("30 6 * * 1,5");
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("Created task 4")).toBeVisible();
  expect(lockstep.read()).toMatch(/skill_name: health-check-copy/);
  await expectInStep(lockstep);
});

test("the keys of the list work from anywhere on the page", async ({ browser }) => {
  const page = await signedIn(browser, lockstep);
  await page.getByRole("button", { name: "Sync now" }).focus();
  await page.keyboard.press("j");
  await expect(page.getByRole("grid", { name: "Tasks" })).toBeFocused();
  await page.getByRole("heading", { name: "Tasks" }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(row(page, "2")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("e");
  await expect(panel(page)).toContainText("Task 2");
});

test("the keyboard alone is enough to edit a task", async ({ browser }) => {
  const page = await signedIn(browser, lockstep);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("health");
  await expect(row(page, "1")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("grid", { name: "Tasks" })).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(panel(page)).toContainText("Task 2");
  // The focus goes past the closing button and the tabs.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(panel(page).getByRole("tab", { name: "Task" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(panel(page).getByLabel("Skill")).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type("-typed");
  await page.keyboard.press("Control+Enter");
  await expect(panel(page)).toContainText("Saved, in file");
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  expect(lockstep.read()).toContain("skill_name: health-check-typed");
});

test("the page works on a phone, and is accessible in both themes", async ({ browser }) => {
  const phone = await signedIn(browser, lockstep, "/", { viewport: PHONE });
  await expectFitsWidth(phone);
  await row(phone, "2").click();
  await panel(phone).getByLabel("Description").fill("from a phone");
  await panel(phone).getByRole("button", { name: "Save" }).click();
  await expect(panel(phone)).toContainText("Saved, in file");
  await expectFitsWidth(phone);
  await expectAccessible(phone);
  const page = await signedIn(browser, lockstep);
  await expectAccessible(page);
  await page.getByRole("searchbox").fill("nothing like this");
  await expect(page.getByText("No task matches")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show all tasks" }).click();
  await page.keyboard.press("n");
  await expect(panel(page).getByLabel("Skill")).toBeFocused();
  await expectAccessible(page);
});
