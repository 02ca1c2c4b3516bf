import { existsSync, rmSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import { putBack } from "./support/put-back.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

let lockstep: Lockstep;
let original: string;
let page: Page;

test.beforeAll(async ({ browser, automatic }) => {
  lockstep = await automatic.fresh();
  original = lockstep.read();
  page = await signedIn(browser, lockstep, "/", { viewport: { width: 1280, height: 800 } });
});
test.afterAll(() => page.context().close());
test.beforeEach(async () => {
  await putBack(lockstep, original);
  await page.goto("/file");
  await expect(text()).toContainText("# The schedule of jobs.");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
});

const text = () => page.getByRole("textbox", { name: "The YAML file" });

test("shows the file highlighted, and each edit of it without a reload", async () => {
  await expect(text()).toContainText("description: Check that every service answers");
  const colours = await text()
    .locator(".cm-line span")
    .evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
  expect(colours).toBeGreaterThan(2);
  lockstep.replace("Check that every service answers", "Edited in an editor");
  await expect(text()).toContainText("description: Edited in an editor");
  await lockstep.call("PATCH /api/tasks/:id", { params: { id: "2" }, body: { description: "Edited here" } });
  await expect(text()).toContainText("description: Edited here");
});

test("every task links to its row, from its line and from the list beside the text", async () => {
  await text().getByRole("link", { name: "Open task 2" }).click();
  await expect(page).toHaveURL(/\/\?task=2$/);
  await page.goBack();
  const list = page.getByRole("complementary", { name: "Tasks in the file" });
  await list.getByRole("searchbox").fill("3");
  await list.getByRole("link", { name: "Open task 3" }).click();
  await expect(page).toHaveURL(/\/\?task=3$/);
});

test("problems of a task and of a broken file show in the gutter and above the text, with the quoted line", async () => {
  lockstep.replace('"0 * * * *"', '"every hour"');
  const problems = page.getByRole("region", { name: "Problems in the file" });
  await expect(problems).toContainText("not a cron expression");
  await expect(problems).toContainText('schedule_cron: "every hour"');
  await expect(page.locator(".cm-lint-marker-error")).toHaveCount(1);
  await page.locator(".cm-lint-marker-error").hover();
  await expect(page.locator(".cm-tooltip-lint")).toContainText("not a cron expression");
  await problems.getByRole("button", { name: /^Line \d+/ }).click();
  await expectAccessible(page, "a file with a problem");

  lockstep.write("tasks:\n  - id: 1\n    a: [\n");
  await expect(problems).toContainText(/line|Line/);
  await expect(text()).toContainText("a: [");
  rmSync(lockstep.file);
  await expect(page.getByText("There is no text to show")).toBeVisible();
});

test("a kept version is compared with the file and restored by a run, and so is the version that it replaced", async () => {
  await lockstep.call("PATCH /api/tasks/:id", {
    params: { id: "1" },
    body: { description: "To be regretted" },
  });
  const changed = lockstep.read();
  await page.getByRole("radio", { name: "Kept versions" }).click();
  await expect(page).toHaveURL(/view=versions/);
  // Each version says who replaced it and why, and leads to that run.
  await expect(page.getByRole("list", { name: "Kept versions" })).toContainText(
    "Replaced by API_TOKEN: edit here or by API, 1 updated",
  );
  await expect(page.getByRole("link", { name: "The run that replaced it" })).toHaveAttribute(
    "href",
    /\/history\/[0-9a-f-]{36}$/,
  );
  const diff = page.getByRole("textbox", { name: "Changes of restoring" });
  await expect(diff).toContainText("description: To be regretted");
  await expect(diff).toContainText("description: Back up the production database");
  await page.getByRole("radio", { name: "Side by side" }).click();
  await expect(page.getByRole("textbox", { name: "Changes of restoring: after" })).toContainText(
    "Back up the production database",
  );
  await expectAccessible(page, "versions side by side");

  await page.getByRole("button", { name: "Restore…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore", exact: true }).click();
  await expect(page.getByText(/^Restored: 1 updated/)).toBeVisible();
  // The list is read again after the restore, and that would close a dialog that was opened earlier.
  await expect(async () => {
    await page.getByRole("radio", { name: "Side by side" }).click();
    const after = page.getByRole("textbox", { name: "Changes of restoring: after" });
    await expect(after).toContainText("To be regretted", { timeout: 1_000 });
  }).toPass();
  expect(lockstep.read()).toBe(original);
  await expectInStep(lockstep);
  await page.getByRole("button", { name: "Restore…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore", exact: true }).click();
  await until("the newer text is back", () => lockstep.read() === changed);
});

test("a removed file is restored from a kept version", async () => {
  await lockstep.call("PATCH /api/tasks/:id", {
    params: { id: "1" },
    body: { description: "Before it went" },
  });
  rmSync(lockstep.file);
  await lockstep.call("POST /api/sync/trigger", { body: {} });
  await page.goto("/file?view=versions");
  await page.getByRole("button", { name: "Restore…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore", exact: true }).click();
  // The notice comes when the run has ended, a moment after the file is back.
  await expect(page.getByText(/^Restored: /)).toBeVisible();
  expect(existsSync(lockstep.file)).toBe(true);
  await expectInStep(lockstep);
});

test("a version cannot be restored over an edit that the page has not shown", async () => {
  await lockstep.call("PATCH /api/tasks/:id", { params: { id: "1" }, body: { description: "Shown" } });
  await page.goto("/file?view=versions");
  await page.getByRole("button", { name: "Restore…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const { body } = await lockstep.call("GET /api/sync/backups");
  const stale = await lockstep.api<{ code: string }>(
    "POST",
    `/api/sync/backups/${body.backups[0]?.name}/restore`,
    { revision: "0".repeat(64) },
  );
  expect([stale.status, stale.body.code]).toEqual([409, "stale_file"]);
  expect((await lockstep.api<{ code: string }>("GET", "/api/sync/backups/..%2Fsecrets.json")).status).toBe(
    404,
  );
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Restore…" })).toBeFocused();
});

test("the text can be reached and scrolled with the keyboard", async () => {
  await text().focus();
  await expect(text()).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(text().getByRole("link", { name: "Open task 1" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/\?task=1$/);
});

test("axe finds nothing, wide and on a phone", async ({ browser }) => {
  await lockstep.call("PATCH /api/tasks/:id", { params: { id: "1" }, body: { description: "Seen by axe" } });
  const other = await signedIn(browser, lockstep, "/");
  for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
    await other.setViewportSize(viewport);
    await other.goto("/file");
    await expect(other.getByRole("textbox", { name: "The YAML file" })).toContainText("tasks:");
    await expectAccessible(other, "the file");
    await expectFitsWidth(other);
    await other.goto("/file?view=versions");
    await expect(other.getByRole("textbox", { name: "Changes of restoring" })).toBeVisible();
    await expectAccessible(other, "kept versions");
    await expectFitsWidth(other);
  }
  await other.context().close();
});
