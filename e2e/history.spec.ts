import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";

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
  lockstep.write(original);
  const { body } = await lockstep.call("POST /api/sync/trigger", {
    body: {
      direction: "yaml_to_db",
      force: true,
      allow_deletes: true,
    },
  });
  expect(body.run?.outcome).toBe("succeeded");
  await page.goto("/history");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
});

const newest = () => page.getByRole("main").getByRole("listitem").first();
const describeTask = (id: number, description: string) =>
  lockstep.call("PATCH /api/tasks/:id", { params: { id: String(id) }, body: { description } });

async function edited(id: number, description: string): Promise<void> {
  await describeTask(id, description);
  await expect(newest()).toContainText("Edit here or by API");
}

test("runs appear by themselves and are filtered by outcome and trigger, and the address keeps the filter", async () => {
  await describeTask(1, "Edited over the API");
  await expect(newest()).toContainText("Edit here or by API");
  await expect(newest()).toContainText("1 updated");
  lockstep.replace("Edited over the API", "Edited by hand");
  await expect(newest()).toContainText("File edited");
  lockstep.write("tasks: [");
  await expect(newest()).toContainText("Failed");

  await page.getByRole("combobox", { name: "Outcome" }).click();
  await page.getByRole("option", { name: "Failed" }).click();
  await expect(page).toHaveURL(/outcome=failed/);
  await expect(newest()).toContainText("Failed");
  await expect(page.getByText("1 updated")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Outcome" })).toHaveText("Failed");
  await page.goto("/history?trigger=resolution");
  await expect(page.getByText("No run fits the filter")).toBeVisible();
  await page.getByRole("button", { name: "Show every run" }).click();
  await expect(newest()).toBeVisible();
});

test("activity shows the same figures as a chart, a sentence and a table", async () => {
  const activity = page.getByRole("region", { name: "Activity" });
  await expect(activity.getByRole("img", { name: /^Chart: \d+ runs, \d+ changes/ })).toBeVisible();
  await expect(activity.locator("svg.recharts-surface")).toBeVisible();
  await activity.getByText("As a table").click();
  await expect(activity.getByRole("columnheader", { name: "Succeeded" })).toBeVisible();
  await activity.getByRole("radio", { name: "30 days" }).click();
  await expect(activity.getByRole("table").getByRole("rowheader")).toHaveCount(1);
});

test("the figures of the runs follow the range, and are those of the API", async () => {
  await lockstep.sql(
    `INSERT INTO runs (source, trigger, requested_by, outcome, started_at, finished_at, counts)
     SELECT 'other', 'manual', 'ada', CASE WHEN g = 1 THEN 'failed' ELSE 'succeeded' END, now() - interval '5 days',
            now() - interval '5 days' + interval '90 seconds',
            '{"created":0,"updated":1,"deleted":0,"merged":0,"conflicts":0,"problems":0}' FROM generate_series(1, 4) g`,
  );
  const activity = page.getByRole("region", { name: "Activity" });
  const { body } = await lockstep.call("GET /api/sync/stats", { query: { range: "week" } });
  await expect(activity).not.toContainText("1 min 30 s");
  await activity.getByRole("radio", { name: "7 days" }).click();
  await expect(activity).toContainText("1 min 30 s");
  await expect(activity.locator("dl")).toContainText(`Runs${body.totals.runs}`);
  const row = activity.getByRole("row", { name: /^other/ });
  await expect(row).toContainText("75 %");
  await expect(row).toContainText("3 succeeded, 1 failed");
  await expectAccessible(page, "the figures of the history");
  await page.setViewportSize(PHONE);
  await expectFitsWidth(page);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("a run shows every change by field and by line, and its undo shows first what it will do", async () => {
  await edited(1, "Something else");
  await newest().getByRole("link").click();
  const change = page.getByRole("article", { name: "Task 1" });
  await expect(change.getByRole("row", { name: /description/ })).toContainText(
    "Back up the production database",
  );
  await expect(change.getByRole("row", { name: /description/ })).toContainText("Something else");
  await page.getByRole("radio", { name: "YAML" }).click();
  const lines = page.getByRole("textbox", { name: "Changes in the file" });
  await expect(lines).toContainText("description: Something else");
  await expect(lines).toContainText("description: Back up the production database");
  await page.getByRole("radio", { name: "Side by side" }).click();
  await expect(page.getByRole("textbox", { name: "Changes in the file: before" })).toContainText(
    "Back up the production",
  );

  await page.getByRole("button", { name: "Undo this run…" }).click();
  const dialog = page.getByRole("dialog", { name: "Undo this run?" });
  await expect(dialog.getByRole("row", { name: /description/ })).toContainText(
    "Back up the production database",
  );
  expect(lockstep.read()).toContain("Something else");
  await expectAccessible(page, "the undo dialog");
  await dialog.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Run undone" })).toBeVisible();
  expect(lockstep.read()).toContain("description: Back up the production database");
  await expectInStep(lockstep);
});

test("an undo announces later edits as conflicts, and they become conflicts", async () => {
  await edited(2, "First");
  await newest().getByRole("link").click();
  await expect(page.getByRole("article", { name: "Task 2" })).toBeVisible();
  await describeTask(2, "Second");
  await page.getByRole("button", { name: "Undo this run…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 task was edited since");
  await dialog.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText(/1 conflict waits/)).toBeVisible();
  const { body } = await lockstep.call("GET /api/sync/conflicts");
  expect(body.conflicts).toMatchObject([{ task_id: "2" }]);
});

test("a halted run says what it would delete, and goes on when an admin confirms its plan", async () => {
  lockstep.write("tasks: []\n");
  await expect(newest()).toContainText("Stopped before deleting 3 tasks");
  await newest().getByRole("link").click();
  const halted = page.getByRole("region", { name: /Stopped to be safe/ });
  await expect(halted.getByRole("listitem")).toHaveText([
    /^1\s*daily-backup$/,
    /^2\s*health-check$/,
    /^3\s*weekly-report$/,
  ]);
  await expect(halted).toContainText("The file no longer has 3 tasks, and the database still does.");
  await expectAccessible(page, "a halted run");
  await halted.getByRole("button", { name: "Put 3 tasks back in the file" }).click();
  await expect(halted).toContainText("This halt is over");
  expect(lockstep.read()).toContain("weekly-report");

  // Other bytes than before, since an earlier version of the file that comes back deletes nothing.
  lockstep.write("tasks: [] # really\n");
  await page.goto("/history");
  await expect(newest()).toContainText("Stopped before deleting 3 tasks");
  await newest().getByRole("link").click();
  expect(await lockstep.sql("SELECT id FROM tasks")).toHaveLength(3);
  await halted.getByRole("button", { name: "Delete 3 tasks…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete 3 tasks" }).click();
  await expect(page.getByText("3 deleted").first()).toBeVisible();
  expect(await lockstep.sql("SELECT id FROM tasks")).toEqual([]);

  // Undoing this run puts three tasks back on both sides.
  await page.getByRole("button", { name: "Undo this run…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Run undone" })).toBeVisible();
  expect(await lockstep.sql("SELECT id FROM tasks")).toHaveLength(3);
  await expectInStep(lockstep);
});

test("a halted undo of some tasks of a run is confirmed from the run's page", async () => {
  const { body } = await lockstep.call("GET /api/sync/history", {
    query: { outcome: "succeeded", limit: "500" },
  });
  const created = body.runs.find((run) => run.counts.created === 3);
  const { body: answer } = await lockstep.call("POST /api/sync/history/:run_id/rollback", {
    params: { run_id: created?.id ?? "" },
    body: { tasks: ["1", "3"] },
  });
  expect(answer.run?.outcome).toBe("halted");
  await page.goto(`/history/${answer.run?.id}`);
  const halted = page.getByRole("region", { name: /Stopped to be safe/ });
  await expect(halted.getByRole("listitem")).toHaveText([/^1/, /^3/]);
  await halted.getByRole("button", { name: "Delete 2 tasks…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete 2 tasks" }).click();
  await expect(page.getByText("2 deleted").first()).toBeVisible();
  expect(await lockstep.sql("SELECT id FROM tasks")).toEqual([{ id: "2" }]);
  await page.getByRole("button", { name: "Undo this run…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Run undone" })).toBeVisible();
  await expectInStep(lockstep);
});

test("a long history and a large run come page by page", async () => {
  await lockstep.sql(
    `WITH made AS (
       INSERT INTO runs (source, trigger, requested_by, outcome, started_at, finished_at, counts)
       SELECT 'default', 'cron', 'ada', 'succeeded', now() - g * interval '1 minute', now() - g * interval '1 minute',
              '{"created":0,"updated":120,"deleted":0,"merged":0,"conflicts":0,"problems":0}' FROM generate_series(1, 120) g RETURNING id)
     INSERT INTO run_changes SELECT id, 'slug-' || t, 'update', false, false, true, '{"status":"active"}', '{"status":"paused"}' FROM (SELECT id FROM made LIMIT 1) one, generate_series(1, 120) t`,
  );
  await page.goto("/history?trigger=cron");
  const runs = page.getByRole("main").getByRole("listitem");
  await expect(runs).toHaveCount(50);
  await runs.last().scrollIntoViewIfNeeded();
  await expect(async () => {
    await page.getByRole("main").evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await expect(page.getByText("End of list")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(runs).toHaveCount(120);

  const [large] = await lockstep.sql<{ run_id: string }>(
    "SELECT run_id FROM run_changes WHERE task_id = 'slug-1'",
  );
  await page.goto(`/history/${large?.run_id}`);
  await expect(page.getByRole("heading", { name: "120 changes" })).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(50);
  await page.getByRole("button", { name: "Show more: 50 of 120" }).click();
  await page.getByRole("button", { name: "Show more: 100 of 120" }).click();
  await expect(page.getByRole("article")).toHaveCount(120);
});

test("the keyboard alone is enough to open a run, and to open and leave its undo", async () => {
  await edited(3, "By keyboard");
  await newest().getByRole("link").focus();
  await page.keyboard.press("Enter");
  const undo = page.getByRole("button", { name: "Undo this run…" });
  await expect(undo).toBeVisible();
  await undo.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("article")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(undo).toBeFocused();
});

test("axe finds nothing, wide and on a phone", async ({ browser }) => {
  await describeTask(1, "Seen by axe");
  const other = await signedIn(browser, lockstep, "/", { viewport: { width: 1280, height: 800 } });
  for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
    await other.setViewportSize(viewport);
    await other.goto("/history");
    await expect(other.locator("svg.recharts-surface")).toBeVisible();
    await expectAccessible(other, "history");
    await expectFitsWidth(other);
    await other.getByRole("main").getByRole("listitem").first().getByRole("link").click();
    await expect(other.getByRole("article")).toBeVisible();
    await expectAccessible(other, "a run");
    await other.getByRole("radio", { name: "YAML" }).click();
    await expect(other.getByRole("textbox", { name: "Changes in the file" })).toBeVisible();
    await expectAccessible(other, "a run's lines");
    await expectFitsWidth(other);
  }
  await other.context().close();
});
