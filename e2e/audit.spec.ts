import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";

let lockstep: Lockstep;
let page: Page;

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.com", ...args], {
    cwd: lockstep.home,
    stdio: "ignore",
  });

test.beforeAll(async ({ browser, automatic }) => {
  lockstep = await automatic.fresh();
  page = await signedIn(browser, lockstep, "/", { viewport: { width: 1280, height: 800 } });
});
test.afterAll(() => page.context().close());

const entry = (words: string | RegExp) => page.getByRole("article", { name: words });

test("every way of changing a task shows by itself, with the actor and the change", async () => {
  await page.goto("/audit");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  await lockstep.call("PATCH /api/tasks/:id", { params: { id: "2" }, body: { description: "By the API" } });
  await expect(entry("API_TOKEN changed description of task 2")).toBeVisible();

  await lockstep.sql("UPDATE tasks SET description = 'By SQL' WHERE id = '3'");
  await expect(entry("lockstep changed description of task 3")).toContainText("(SQL)");
  await expect(entry("lockstep changed description of task 3")).toContainText("127.0.0.1");

  git("init", "-q");
  git("add", "schedule.yml");
  git("commit", "-qm", "The schedule");
  lockstep.replace("By the API", "By a commit");
  git("commit", "-qam", "Say it better");
  await expect(entry("Ada Lovelace changed description of task 2")).toBeVisible();
  await entry("Ada Lovelace changed description of task 2").getByRole("button").first().click();
  await expect(
    page.getByText(/Commit \w{8} “Say it better” by Ada Lovelace <ada@example.com>/),
  ).toBeVisible();
  await expect(page.getByRole("row", { name: "description" })).toContainText("By a commit");

  // The database refuses to change an entry.
  await expect(lockstep.sql("UPDATE audit_entries SET actor = 'nobody'")).rejects.toThrow("append-only");
});

test("the address keeps the filter, and the CSV file has the filtered entries", async () => {
  await page.goto("/audit");
  await page.getByRole("combobox", { name: "Who" }).click();
  await page.getByRole("option", { name: "SQL" }).click();
  await expect(page).toHaveURL(/actor=sql/);
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Search entries" }).fill("nowhere");
  await expect(page.getByText("No entry matches the filter")).toBeVisible();
  await page.getByRole("button", { name: "Show every entry" }).click();
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await page.getByRole("searchbox", { name: "Search entries" }).fill("By SQL");
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("By SQL");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("lockstep-audit.csv");
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("sql:");
  expect(lines[1]).toContain("127.0.0.1");
});

test("a long history comes as one scrolls", async () => {
  await lockstep.sql(
    "INSERT INTO audit_entries (at, actor, action, subject, subject_id, task_id) SELECT now() - g * interval '1 hour', 'user:old@example.com', 'task_updated', 'task', '1', '1' FROM generate_series(1, 400) g",
  );
  await page.goto("/audit?actor=user:old@example.com");
  await expect(page.getByRole("article").first()).toBeVisible();
  const feed = page.getByRole("feed");
  await expect(async () => {
    await feed.evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect(page.getByText("End of list")).toBeVisible({ timeout: 300 });
  }).toPass();
  expect(await page.getByRole("article").count()).toBeLessThan(60);
});

test("what a run did to many tasks is one entry, which opens page by page", async () => {
  const many = Array.from(
    { length: 120 },
    (_, i) => `  - id: ${1_000 + i}\n    skill_name: bulk-${i}\n    schedule_cron: "0 5 * * *"\n`,
  );
  lockstep.write(`${lockstep.read().trimEnd()}\n${many.join("")}`);
  await page.goto("/audit");
  const group = entry(/created 120 tasks/);
  await expect(group).toContainText("in one run");
  // By keyboard, and from there to one of its entries.
  await group.getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await expect(group.getByRole("listitem")).toHaveCount(50);
  await group.getByRole("button", { name: "Show more: 50 of 120" }).click();
  await expect(group.getByRole("listitem")).toHaveCount(100);
  await expect(
    group.getByRole("article", { name: /created task 10\d\d \(bulk-\d+\)/ }).first(),
  ).toBeVisible();
  await expectAccessible(page, "a group of the audit");
  await group.getByRole("link", { name: "The run" }).click();
  await expect(page).toHaveURL(/\/history\//);
});

test("a task's panel has its history", async () => {
  await page.goto("/?task=2");
  await page.getByRole("tab", { name: "History" }).click();
  const history = page.getByRole("dialog");
  await expect(
    history.getByRole("article", { name: "Ada Lovelace changed description of task 2" }),
  ).toBeVisible();
  await expect(history.getByText("task 3")).toHaveCount(0);
  await lockstep.call("PATCH /api/tasks/:id", { params: { id: "2" }, body: { status: "paused" } });
  await history
    .getByRole("article", { name: "API_TOKEN changed status of task 2" })
    .getByRole("button")
    .click();
  await expect(history.getByRole("row", { name: "status" })).toContainText("paused");
});

test("axe finds nothing, wide and on a phone", async ({ browser }) => {
  test.setTimeout(120_000);
  const other = await signedIn(browser, lockstep, "/", { viewport: { width: 1280, height: 800 } });
  for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
    await other.setViewportSize(viewport);
    await other.goto("/audit?task=2");
    await other.getByRole("article").first().getByRole("button").first().click();
    await expect(other.getByRole("row", { name: "status" })).toBeVisible();
    await expectAccessible(other, "the audit");
    await expectFitsWidth(other);
  }
  await other.context().close();
});
