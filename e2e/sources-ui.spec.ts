import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { Lockstep } from "./support/lockstep.ts";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import { addUser, signIn } from "./support/sign-in.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

const SOURCES = `defaults:
  sync_interval_minutes: 60
sources:
  - id: billing
    file: billing.yml
    priority: 5
  - id: crm
    file: crm.yml
    depends_on: [billing]
  - id: reports
    file: reports.yml
    depends_on: [crm]
    sync_interval_minutes: 90
`;
const LATER = "  - id: mails\n    file: mails.yml\n";
const tasks = (skill: string) =>
  `tasks:\n  - id: 1\n    skill_name: ${skill}\n    schedule_cron: "0 2 * * *"\n`;

let home: string;
let lockstep: Lockstep;
let page: Page;
const file = (name: string) => join(home, `${name}.yml`);

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  home = mkdtempSync(join(tmpdir(), "lockstep-sources-"));
  for (const name of ["billing", "crm", "reports", "mails"]) writeFileSync(file(name), tasks(`${name}-run`));
  writeFileSync(file("sources"), SOURCES + LATER);
  lockstep = await Lockstep.start({ SOURCES_FILE: file("sources") });
  await until(
    "all files are in",
    async () => (await lockstep.call("GET /api/tasks", { query: { limit: "1" } })).body.total === 4,
  );
  page = await signedIn(browser, lockstep, "/ui/sync-intervals", { viewport: { width: 1440, height: 800 } });
});
test.afterAll(async () => {
  await page.context().close();
  await lockstep.stop();
  rmSync(home, { recursive: true, force: true });
});

const row = (id: string) => page.locator(`[role=row][data-source="${id}"]`);
const panel = () => page.getByRole("dialog");

test("all sources are in a table, and their dependencies in a graph and a list", async () => {
  await expect(page.locator("[role=row][data-source]")).toHaveCount(4);
  await expect(row("crm")).toContainText("after billing");
  await expect(row("billing")).toContainText("In step");
  await expect(row("billing").locator("time").last()).toHaveText(/^\d+:\d\d(:\d\d)?$/);
  await expect(row("reports").getByLabel("Interval of reports")).toHaveValue("1 h 30 min");
  await page.getByRole("columnheader", { name: "Interval" }).getByRole("button").click();
  await page.getByRole("columnheader", { name: "Interval" }).getByRole("button").click();
  await expect(page.locator("[role=row][data-source]").first()).toHaveAttribute("data-source", "reports");
  await expectAccessible(page);

  await page.getByText("Graph", { exact: true }).click();
  const graph = page.getByRole("region", { name: "Dependency graph" });
  await expect(graph.locator("[data-source]")).toHaveCount(4);
  await expect(graph.locator(".react-flow__edge")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByText("The same as a list").click();
  await expect(
    page.getByRole("button", { name: "crm: in step; after billing; followed by reports" }),
  ).toBeVisible();
  await graph.getByLabel(/^billing:/).focus();
  await page.keyboard.press("Enter");
  await expect(panel()).toContainText(file("billing"));
  await page.keyboard.press("Escape");
  await page.getByText("Table", { exact: true }).click();
});

test("settings are edited in place, say where they come from, and can be restored to the file's values", async () => {
  const interval = row("billing").getByLabel("Interval of billing");
  await expect(interval).toHaveAttribute("title", "Interval: defaults of sources.yml");
  await interval.fill("often");
  await interval.press("Enter");
  await expect(row("billing").getByRole("alert")).toContainText("A length of time");
  await interval.press("Escape");
  await interval.fill("30s");
  await interval.press("Enter");
  await expect(interval).toHaveValue("30 s");
  await expect(interval).toHaveAttribute("title", "Interval: edited here");
  await until("it is kept", async () => (await setting("billing", "sync_interval_minutes")) === 0.5);

  await row("mails").getByRole("switch").click();
  await expect(row("mails")).toContainText("Off");
  await until("it is off", async () => (await setting("mails", "is_sync_enabled")) === false);

  await page.getByRole("button", { name: "billing", exact: true }).click();
  await panel().getByRole("button", { name: "Reset" }).click();
  await expect(panel().getByLabel("Interval")).toHaveValue("1 h");
  await expect(panel().getByText("Edited here.")).toHaveCount(0);
  await panel().getByLabel("Depends on").fill("reports");
  await panel().getByLabel("Depends on").press("Enter");
  await expect(panel().getByRole("alert")).toContainText("goes round in a circle");
  await expect(panel().getByRole("list", { name: "Depends on" })).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
});

test("a source runs alone or with its dependents, and the page follows each to its end", async () => {
  await row("mails").getByRole("button", { name: "Sync mails now" }).click();
  const round = page.getByRole("region", { name: "Round" });
  await expect(round).toContainText("Done: 1 source");
  writeFileSync(
    file("reports"),
    readFileSync(file("reports"), "utf8").replace("reports-run", "reports-later"),
  );
  await row("billing").getByRole("button", { name: "More for billing" }).click();
  await page.getByRole("menuitem", { name: "Sync with dependents" }).click();
  await expect(round).toContainText("Done: 3 sources");
  await expect(round.getByRole("listitem")).toHaveText([
    /billing.*Succeeded/,
    /crm.*Succeeded/,
    /reports.*Succeeded/,
  ]);
  await expectAccessible(page);
  await round.getByRole("button", { name: "Close the round" }).click();
});

test("a source without success for too long is shown as stale everywhere, until it succeeds", async () => {
  await lockstep.sql(
    "UPDATE source_health SET stale_since = now(), last_success_at = now() - interval '9 days' WHERE source = 'mails'",
  );
  await lockstep.sql("SELECT pg_notify('lockstep_events', $1)", [
    JSON.stringify({ event: "sync_source_stale", source: "mails", stale: true }),
  ]);
  await expect(row("mails")).toContainText("Stale");
  await page.getByRole("button", { name: /4 sources.*1 stale/ }).click();
  const list = page.getByRole("dialog", { name: "Sources" });
  await expect(list.getByRole("listitem").first()).toContainText("mails");
  await list.getByRole("button", { name: "Sync mails now" }).click();
  await expect(list.getByText("Stale")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(row("mails")).not.toContainText("Stale");
});

test("tasks, panel, file and history tell the same id in two sources apart", async () => {
  await page.goto(`${lockstep.url}/`);
  await expect(page.locator("[role=row][data-task='1']")).toHaveCount(4);
  await page.getByRole("search").getByRole("button", { name: "Source" }).click();
  await page.getByRole("menuitemcheckbox", { name: /crm/ }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/sources=crm/);
  await expect(page.locator("[role=row][data-task]")).toHaveCount(1);
  await page.locator("[role=row][data-source=crm]").click();
  await expect(panel()).toContainText("Task 1 of crm");
  await panel().getByLabel("Description").fill("Of crm alone");
  await panel().getByRole("button", { name: "Save" }).click();
  await expect(panel()).toContainText("Saved, in file");
  expect(readFileSync(file("crm"), "utf8")).toContain("Of crm alone");
  expect(readFileSync(file("billing"), "utf8")).not.toContain("Of crm alone");
  await page.goto(`${lockstep.url}/file?source=crm`);
  await expect(page.locator(".cm-content")).toContainText("Of crm alone");
  await page.getByRole("combobox", { name: "Source" }).selectOption("reports");
  await expect(page.locator(".cm-content")).toContainText("reports-later");
  await page.goto(`${lockstep.url}/history?source=crm`);
  await expect(page.getByRole("main").getByRole("listitem").first()).toContainText("crm");
  await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: "billing" })).toHaveCount(0);
});

test("a removed source is shown as removed, viewers see why they may change nothing, and a phone shows all", async ({
  browser,
}) => {
  writeFileSync(file("sources"), SOURCES);
  await page.goto(`${lockstep.url}/ui/sync-intervals`);
  await expect(row("mails")).toContainText("Removed", { timeout: 20_000 });
  expect(await lockstep.sql("SELECT id FROM tasks WHERE source = 'mails'")).toHaveLength(1);

  const context = await browser.newContext({ viewport: PHONE, reducedMotion: "reduce" });
  await signIn(context, lockstep, await addUser(lockstep, "viewer"));
  const phone = await context.newPage();
  await phone.goto(`${lockstep.url}/ui/sync-intervals`);
  const switched = phone.getByRole("switch", { name: "billing syncs by itself" });
  await expect(switched).toBeDisabled();
  await expect(switched).toHaveAttribute("title", /Only an admin can do this/);
  await expectFitsWidth(phone);
  await expectAccessible(phone);
  await context.close();
});

async function setting(id: string, name: "sync_interval_minutes" | "is_sync_enabled"): Promise<unknown> {
  return (await lockstep.call("GET /api/sources/:id", { params: { id } })).body.source.settings[name];
}
