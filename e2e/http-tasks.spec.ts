import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type RunningUpstream, startUpstream } from "../server/endpoints/over-http/testing/upstream.ts";
import { tasksYaml } from "../server/endpoints/http-tasks/testing/tasks-upstream.ts";
import { expectAccessible } from "./support/axe.ts";
import { apply, dialog, field, inbox, noConflicts, openFirst, sync } from "./support/conflicts.ts";
import { Lockstep } from "./support/lockstep.ts";
import { expectFitsWidth, expectLive, PHONE, signedIn } from "./support/page.ts";
import { said } from "./support/said.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

const WIDE = { width: 1280, height: 860 };
const ITEM = {
  id: "t1",
  number: 1,
  name: "invoices",
  cron: "0 5 * * *",
  about: "Send the invoices",
  state: "on",
};

let home: string;
let upstream: RunningUpstream;
let lockstep: Lockstep;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  home = mkdtempSync(join(tmpdir(), "lockstep-http-tasks-"));
  upstream = await startUpstream();
  await upstream.control({ reset: { tasks: 0 } });
  await upstream.control({ put: { tasks: [ITEM] } });
  const sources = join(home, "sources.yml");
  writeFileSync(sources, tasksYaml(upstream.url).replace("retries: 1", "retries: 0"));
  lockstep = await Lockstep.start({ SOURCES_FILE: sources, AUTO_SYNC_ENABLED: "false" });
  await sync(lockstep);
  page = await signedIn(browser, lockstep, "/", { viewport: WIDE });
});
test.afterAll(async () => {
  await page.context().close();
  await lockstep.stop();
  await upstream.stop();
  rmSync(home, { recursive: true, force: true });
});
test.beforeEach(() => page.setViewportSize(WIDE));

const item = async (key = "t1") => (await upstream.control()).world["tasks"]?.find(({ id }) => id === key);
const disagree = async (theirs: string, ours: string) => {
  await upstream.control({ put: { tasks: [{ ...ITEM, about: theirs }] } });
  await lockstep.sql("UPDATE tasks SET description = $1 WHERE id = '1'", [ours]);
  await sync(lockstep);
};

test("a conflict with an API is decided by mouse, and the side is called by its source's name", async () => {
  await disagree("Send them at once", "Send them twice");
  await page.goto("/conflicts");
  await expect(inbox(page)).toContainText(/erp .*Database/);
  await openFirst(page);
  await expect(dialog(page)).toContainText("erp and the database both changed description");
  await expect(dialog(page)).not.toContainText("YAML file");
  await expect(dialog(page)).not.toContainText("the file");
  await expect(
    field(page, "description").getByRole("radio", { name: /erp: Send them at once/ }),
  ).toBeVisible();
  await expectAccessible(page);
  await dialog(page)
    .getByRole("button", { name: /Keep erp.*The row becomes like erp/s })
    .click();
  await apply(page);
  await noConflicts(page);
  await expect(page.getByText("resolved: Keep erp")).toBeVisible();
  expect((await item())?.["about"]).toBe("Send them at once");
});

test("and by keyboard on a phone, where the other choice is written to the API", async () => {
  await page.setViewportSize(PHONE);
  await disagree("Once a week", "Once a month");
  await openFirst(page);
  await expectFitsWidth(page);
  await page.keyboard.press("2");
  await expect(dialog(page).getByRole("button", { name: /Keep database/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(dialog(page).getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await noConflicts(page);
  expect((await item())?.["about"]).toBe("Once a month");
});

test("history names the source, and the page of the file shows its tasks as YAML without earlier versions", async () => {
  await page.goto("/history");
  await page
    .getByRole("link", { name: /Conflict resolved/ })
    .first()
    .click();
  await expect(page.getByRole("article", { name: "Task 1" })).toContainText("written to erp");
  await page.goto("/file");
  await expect(page.getByText("description: Once a month")).toBeVisible();
  await expect(page.getByText(`${upstream.url}/all/tasks`)).toBeVisible();
  await expect(page.getByText("Kept versions")).toHaveCount(0);
  await page.goto("/file?view=versions");
  await expect(page.getByText("description: Once a month")).toBeVisible();
});

test("what the API refuses, and a list that cannot be read, is said with a way out", async () => {
  await upstream.control({ faults: [{ on: "PATCH", status: 409 }] });
  await lockstep.sql("UPDATE tasks SET description = 'Refused' WHERE id = '1'");
  await sync(lockstep);
  await page.goto("/ui/sync-intervals?open=erp");
  await expect(dialog(page)).toContainText("answered 409: fault 409");
  await expect(dialog(page)).toContainText("each run tries again");
  await expect(dialog(page).getByRole("link", { name: "Open its tasks as YAML" })).toBeVisible();

  await upstream.control({ faults: [{ on: "GET /all/tasks", status: 500 }] });
  await sync(lockstep);
  const banner = page.getByRole("alert").filter({ hasText: "The tasks of erp cannot be read" });
  await page.goto("/");
  await expect(banner).toContainText("answered 500");
  await expect(banner.getByRole("link")).toHaveCount(0);
  await expectAccessible(page);

  await upstream.control({ faults: [] });
  await until("it is in step", async () => {
    await sync(lockstep);
    return (await item())?.["about"] === "Refused";
  });
  await expect(banner).toHaveCount(0);
});

test("the list and the panel name the source that changed a task", async () => {
  await upstream.control({ put: { tasks: [{ ...ITEM, about: "Changed there" }] } });
  await sync(lockstep);
  await page.goto("/");
  await expect(page.getByRole("row", { name: /Changed there/ })).toContainText("by erp");
  await page.getByText("Changed there").click();
  await expect(page.getByRole("dialog")).toContainText("by erp");
});

test("the source is tried out: each item with the task that comes of it, by the map of sources.yml and by another", async () => {
  await upstream.control({ put: { tasks: [{ ...ITEM, id: "t9", number: 9, cron: "at noon" }] } });
  await page.goto("/ui/sync-intervals?open=erp");
  const tried = dialog(page).getByRole("region", { name: "Test" });
  await tried.getByRole("button", { name: "Test", exact: true }).click();
  const found = tried.getByRole("list", { name: "What the test found" });
  await expect(found).toContainText("It found 2 items on this page");
  await expect(found.getByRole("tree", { name: "Item 1", exact: true })).toContainText('cron:"0 5 * * *"');
  await expect(found.getByRole("tree", { name: "Task of item 1" })).toContainText(
    'schedule_cron:"0 5 * * *"',
  );
  await expect(found.getByText("which would be held")).toHaveCount(1);
  await expect(found).toContainText(/at noon/);
  await expectAccessible(page);
  await tried.getByText("Try other settings first").click();
  await tried.getByLabel("map").fill('id: id\nskill_name: about\nschedule_cron: {value: "0 0 * * *"}');
  await tried.getByRole("button", { name: "Test", exact: true }).click();
  await expect(found.getByRole("tree", { name: "Task of item 2" })).toContainText('id:"t9"');
  await expect(found.getByText("which would be held")).toHaveCount(0);
  await expect(found.locator("pre")).toContainText("map:\n  id: id\n  skill_name: about");
  await page.setViewportSize(PHONE);
  await expectFitsWidth(page);
  expect(await lockstep.sql("SELECT id FROM tasks")).toHaveLength(1);
  await upstream.control({ remove: { tasks: ["t9"] } });
});

/** What only a file is called, so that no page of a source with an API may say it. */
const OF_A_FILE = /\bfiles?\b|\b(?:keep|in|from|of|the) YAML\b|\bYAML and\b/i;
const expectNoFile = async () =>
  expect((await said(page)).filter((line) => OF_A_FILE.test(line) && line !== "Files")).toEqual([]);
const OTHERS = [2, 3].map((number) => ({ ...ITEM, id: `t${number}`, number, name: `job-${number}` }));

test("no page calls the API a file, also while tasks wait and a task is in conflict", async () => {
  await upstream.control({ put: { tasks: OTHERS } });
  await sync(lockstep);
  await upstream.control({ faults: [{ on: "PATCH /tasks/t2", status: 409 }] });
  await lockstep.sql("UPDATE tasks SET description = 'Waits' WHERE id = '2'");
  await disagree("Theirs", "Ours");
  const { runs } = (await lockstep.call("GET /api/sync/history", { query: { limit: "1" } })).body;
  const places = ["/", "/?task=2", "/conflicts", "/schedule", "/file", "/audit", "/history"];
  for (const place of [...places, `/history/${runs[0]?.id}`, "/ui/sync-intervals?open=erp"]) {
    await page.goto(place);
    // An open panel takes the role from the page behind it.
    await expect(page.locator("main")).not.toBeEmpty();
    await expectLive(page);
    await expect(page.locator("[role=status]:is([aria-label^=Loading], [aria-label^=Reading])")).toHaveCount(
      0,
    );
    await expectNoFile();
    expect(await page.title()).not.toContain("File");
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("navigation", { name: "Main" })).toContainText("YAML");
  await page.keyboard.press("?");
  await expect(dialog(page)).toContainText("Keep erp");
  await expectNoFile();
  await page.goto("/");
  await page.getByRole("button", { name: "More ways to sync" }).click();
  await page.getByRole("menuitem", { name: "Database to erp…" }).click();
  await expect(dialog(page)).toContainText("Preview: database to erp");
  await expect(dialog(page)).toContainText("erp and the database both changed description");
  await expectNoFile();
  await page.keyboard.press("Escape");
});

test("a halt names the source, and putting the tasks back gives them to the API", async () => {
  await upstream.control({ faults: [], put: { tasks: OTHERS.map((each) => ({ ...each, about: "Waits" })) } });
  const keepTheirs = { conflict_ids: "all", choice: "keep_yaml" } as const;
  await lockstep.call("POST /api/sync/conflicts/resolve", { body: keepTheirs });
  await until("no edit waits", async () => {
    await sync(lockstep);
    return (await lockstep.call("GET /api/sync/status")).body.pending === 0;
  });
  await upstream.control({ remove: { tasks: ["t2", "t3"] } });
  await until("a run halts", async () => {
    await sync(lockstep);
    return (await lockstep.call("GET /api/sync/status")).body.halt !== null;
  });
  await page.goto("/");
  const banner = page.getByRole("alert").filter({ hasText: "Halted" });
  await expect(banner).toContainText("erp no longer has 2 tasks, and the database still does.");
  await expect(banner).toContainText("2 of 3 tasks in the database");
  await banner.getByRole("button", { name: "Look and decide" }).click();
  await expect(dialog(page)).toContainText("or create them again in erp");
  await expectNoFile();
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Put 2 tasks back in erp" }).click();
  await expect(page.getByText("Put back: 2 created")).toBeVisible();
  await expect(banner).toHaveCount(0);
  const { world } = await upstream.control();
  expect(world["tasks"]?.map(({ name }) => name).sort()).toEqual(["invoices", "job-2", "job-3"]);
});
