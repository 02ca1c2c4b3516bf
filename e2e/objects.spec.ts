import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type RunningUpstream, startUpstream } from "../server/endpoints/over-http/testing/upstream.ts";
import { expectAccessible } from "./support/axe.ts";
import { erpObjects, writeAtRest } from "./support/erp-objects.ts";
import { Lockstep } from "./support/lockstep.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import { addUser, signIn } from "./support/sign-in.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

/** Of each directory: more than one page of the tree has. */
const PROJECTS = 205;

let home: string;
let upstream: RunningUpstream;
let lockstep: Lockstep;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  home = mkdtempSync(join(tmpdir(), "lockstep-objects-"));
  upstream = await startUpstream();
  await upstream.control({ reset: { directories: 2, projects: PROJECTS, phases: 1, elevations: 0 } });
  await upstream.control({ put: { projects: [{ id: "d2-p1", name: "Harbour" }] } });
  const sources = join(home, "sources.yml");
  writeFileSync(sources, erpObjects(upstream.url));
  lockstep = await Lockstep.start({
    SOURCES_FILE: sources,
    AUTO_SYNC_ENABLED: "false",
    ERP_CLIENT_SECRET: "example-client-secret",
  });
  // The first start pulls everything; a second round would wait for it.
  await until("all is pulled", async () => {
    const { types } = (await lockstep.call("GET /api/object-types")).body;
    return types.every(({ freshness }) => freshness === "fresh");
  });
  page = await signedIn(browser, lockstep, "/", { viewport: { width: 1280, height: 860 } });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Objects" }).click();
  await expect(tree()).toBeVisible();
});
test.afterAll(async () => {
  await page.context().close();
  await lockstep.stop();
  await upstream.stop();
  rmSync(home, { recursive: true, force: true });
});

const tree = () => page.getByRole("treegrid", { name: "Objects" });
const row = (key: string) => page.locator(`[role=row][data-object="${key}"]`);
const type = (source: string) => page.locator(`[data-type="${source}"]`);
const panel = () => page.getByRole("dialog");
const pull = (source: string) => lockstep.call("POST /api/sync/trigger", { body: { source } });
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

test("the tree opens by keyboard, asks for children when they are opened, and for pages when they are seen", async () => {
  await expect(tree().getByRole("row")).toHaveCount(3);
  await expect(type("projects")).toContainText(/projects\s*Fresh\s*410/);
  await expectAccessible(page);

  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("parent=") && asked.push(request.url()));
  await tree().focus();
  await press("ArrowDown", "ArrowRight");
  await expect(row("d1")).toHaveAttribute("aria-expanded", "true");
  await expect(row("d1-p1")).toHaveAttribute("aria-level", "2");
  await expect(row("d1-p1")).toHaveAttribute("aria-setsize", String(PROJECTS));
  expect(asked).toHaveLength(1);
  expect(await tree().getByRole("row").count()).toBeLessThan(60);
  // The last row is the other directory; on the way there the second page comes on screen.
  await press("End", "ArrowUp");
  await expect(row(`d1-p${PROJECTS}`)).toBeVisible();
  expect(asked).toHaveLength(2);

  await press("Home", "ArrowRight", "ArrowRight", "ArrowRight");
  await expect(row("d1-p1-f1")).toBeVisible();
  await expect(tree()).toHaveAttribute(
    "aria-activedescendant",
    (await row("d1-p1-f1").getAttribute("id")) ?? "",
  );
  await press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft");
  await expect(tree().getByRole("row")).toHaveCount(3);
});

test("what a pull changes shows up by itself, in the tree, in the panel and in the history of the object", async () => {
  await row("d2").locator("[data-fold]").click();
  await row("d2-p2").click();
  await expect(panel()).toContainText("Directory 2");
  await expect(panel().getByRole("tree")).toContainText('"Project 2"');
  await expectAccessible(page);
  await upstream.control({ put: { projects: [{ id: "d2-p2", name: "Quay" }] } });
  await panel().getByRole("button", { name: "Pull it again" }).click();
  await expect(panel().getByRole("tree")).toContainText('"Quay"');
  await expect(row("d2-p2")).toContainText("Quay");
  await panel().getByRole("tab", { name: "History" }).click();
  const [latest, first] = [panel().getByRole("article").first(), panel().getByRole("article").last()];
  await expect(latest.getByRole("row", { name: "name Project 2 Quay" })).toBeVisible();
  await expect(first).toContainText("Created");
  await panel().getByRole("tab", { name: "Pulls of projects" }).click();
  await expect(panel().getByRole("article").first()).toContainText("A part");
  await expect(panel().getByRole("article").last()).toContainText(
    "all 410 items that the answers promised came",
  );
  await expectAccessible(page);
  await panel().getByRole("button", { name: "Directory 2" }).click();
  await expect(panel().getByRole("heading", { name: "Directory 2" })).toBeVisible();
  await press("Escape");

  await upstream.control({
    put: { directories: [{ id: "d3", name: "Directory 3" }] },
    remove: { projects: ["d2-p3"] },
  });
  await expect(row("d2-p3")).toBeVisible();
  await pull("projects");
  await expect(row("d2-p3")).toHaveCount(0);
  await row("d2").locator("[data-fold]").click();
  await pull("directories");
  await expect(row("d3")).toBeVisible();
});

test("search and filters list what matches, also what is gone, and the address keeps them", async () => {
  await upstream.control({ remove: { projects: ["d1-p9"] } });
  await pull("projects");
  await press("/");
  await page.keyboard.type("harbour");
  await expect(tree().getByRole("row")).toHaveCount(2);
  await expect(row("d2-p1")).toBeVisible();
  await expect(page).toHaveURL(/q=harbour/);
  await page.getByLabel("Type", { exact: true }).selectOption("phases");
  await expect(page.getByText("No object matches")).toBeVisible();
  await tree().getByRole("button", { name: "Show the tree" }).click();
  await page.getByLabel("Freshness").selectOption("Deleted");
  await expect(row("d1-p9")).toContainText("Deleted");
  await page.reload();
  await expect(row("d1-p9")).toBeVisible();
  await expect(page.getByLabel("Freshness")).toHaveValue("deleted");
  await lockstep.sql("UPDATE object_sources SET full_at = now() - interval '9 days', checked_at = NULL");
  await lockstep.sql(
    "UPDATE stored_objects SET last_seen_at = now() - interval '9 days' WHERE source = 'phases'",
  );
  await page.getByLabel("Freshness").selectOption("Stale");
  await expect(row("d1-p1-f1")).toContainText("Stale");
  await type("directories").getByTitle("Show only directories").click();
  await expect(page.getByText("No object matches")).toBeVisible();
  await tree().getByRole("button", { name: "Show the tree" }).click();
});

test("a pull that failed names its request, keeps what is stored, and is seen on its type", async () => {
  await upstream.control({ faults: [{ on: "/projects?page=2", status: 500 }] });
  await pull("projects");
  await type("projects").getByText("1 problem").click();
  const latest = panel().getByRole("article").first();
  await expect(latest).toContainText("Not complete");
  await expect(latest).toContainText("deleted nothing");
  await expect(latest.getByRole("group", { name: "Problems of the pull" })).toContainText(
    /GET http:\S+\/projects\?page=2&per_page=100: answered 500/,
  );
  await expectAccessible(page);
  await press("Escape");
  await upstream.control({ faults: [] });
  await pull("projects");
  await expect(type("projects")).toContainText("Checked");
});

test("a source is tried out with other settings, step by step, and has its last pull beside it", async () => {
  await page.goto(`${lockstep.url}/ui/sync-intervals?open=projects`);
  const tried = panel().getByRole("region", { name: "Test" });
  await tried.getByRole("button", { name: "Test", exact: true }).click();
  const found = tried.getByRole("list", { name: "What the test found" });
  await expect(found).toContainText("/projects?page=1&per_page=100");
  await expect(found).toContainText("Authorization: ***");
  await expect(found).toContainText("It found 100 items on this page; the answer promises");
  await expect(found.getByRole("tree")).toHaveCount(5);
  await expect(found.getByRole("tree", { name: "Item 5" })).toContainText('name:"Project 5"');
  await expect(found).toContainText("The next page is GET");
  await expect(panel().getByRole("region", { name: "Last pull" })).toContainText("Complete");
  await expect(panel().getByLabel("Direction")).toHaveCount(0);
  await expectAccessible(page);

  await tried.getByText("Try other settings first").click();
  await tried.getByLabel("primary_key").fill("number");
  await tried.getByLabel("paginator").fill("{type: single_page}");
  await tried.getByLabel("paginator").press("Tab");
  await tried.getByRole("button", { name: "Test", exact: true }).click();
  await expect(found.getByText("no key")).toHaveCount(5);
  await expect(found).toContainText("item 1 of the page has no number that could be its key");
  await expect(found).toContainText("This is the last page.");
  await expect(found.locator("pre")).toHaveText("primary_key:\n  - number\npaginator:\n  type: single_page");
  await tried.getByLabel("data_selector").fill("data");
  await tried.getByLabel("data_selector").press("Enter");
  await expect(tried.getByRole("alert")).toContainText("must be a JSONPath");
  await panel().getByRole("link", { name: "Open its objects" }).click();
  await expect(row("d1-p1")).toBeVisible();
  await tree().focus();
});

test("without an answer the page says so, and it goes on by itself when the server is back", async () => {
  await lockstep.kill9();
  await page.getByLabel("Search objects").fill("harbour");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("cannot be reached");
  await page.getByRole("button", { name: "Try again" }).click();
  await lockstep.up();
  await expect(row("d2-p1")).toBeVisible();
});

test("the history of a pull links to its objects, and offers neither the file nor an undo", async () => {
  await upstream.control({ put: { projects: [{ id: "d1-p8", name: "Weir" }] } });
  const { run } = (await pull("projects")).body;
  await page.goto(`${lockstep.url}/history/${run?.id}`);
  await expect(page.getByRole("button", { name: /Undo/ })).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "YAML" })).toHaveCount(0);
  await page.getByRole("link", { name: "Object d1-p8" }).click();
  await expect(row("d1-p8")).toContainText("Weir");
  await page.goto(`${lockstep.url}/file`);
  await expect(page.getByText("No source has a file")).toBeVisible();
  await expect(page.getByRole("button", { name: "More ways to sync" })).toHaveCount(0);
});

const writeMakers = (...rows: string[]) => writeAtRest(join(home, "makers.csv"), "id,name,country", ...rows);

test("a CSV file that joins sources.yml is a type of its own, and what changes in it is told field by field", async () => {
  writeMakers("m1,Acme,DE", "m2,Bolt,FR", "m3,Cog,IT", "m4,Disc,ES");
  appendFileSync(join(home, "sources.yml"), "\n  - {kind: csv, id: makers, file: makers.csv}\n");
  await until("the source is known", async () => {
    const { types } = (await lockstep.call("GET /api/object-types")).body;
    return types.some(({ source }) => source === "makers");
  });
  await pull("makers");
  await page.goto(`${lockstep.url}/objects`);
  await expect(type("makers")).toContainText(/makers\s*Fresh\s*4/);
  await row("m2").click();
  await expect(panel().getByRole("tree")).toContainText('country:"FR"');
  await expect(panel()).toContainText("Fresh");

  writeMakers("m1,Acme,DE", "m2,Bolt,BE", "m3,Cog,IT", "m4,Disc,ES");
  await panel().getByRole("button", { name: "Pull it again" }).click();
  await expect(panel().getByRole("tree")).toContainText('country:"BE"');
  await panel().getByRole("tab", { name: "History" }).click();
  await expect(
    panel().getByRole("article").first().getByRole("row", { name: "country FR BE" }),
  ).toBeVisible();
  await panel().getByRole("tab", { name: "Pulls of makers" }).click();
  await expect(panel().getByRole("article").first()).toContainText("1 changed");
  await expectAccessible(page);
  await press("Escape");
});

test("a pull that would delete most objects halts, says so, and an admin confirms exactly that plan", async () => {
  writeMakers("m1,Acme,DE");
  await pull("makers");
  const banner = page.getByRole("alert").filter({ hasText: "makers halted, nothing was changed." });
  await expect(banner).toContainText("3 of 4 objects");
  await expect(type("makers")).toContainText("Halted");
  await expect(row("m4")).toBeVisible();
  await type("makers").getByText("Halted").click();
  await expect(panel().getByRole("article").first()).toContainText("its deletions wait for an admin");
  await press("Escape");

  await banner.getByRole("button", { name: "Look and decide" }).click();
  await expect(panel()).toContainText("Delete 3 objects?");
  await expect(panel().getByRole("list", { name: "Objects to be deleted" })).toHaveText("m2m3m4");
  await expect(panel()).toContainText("The other system has these no more");
  await expect(panel().getByRole("button", { name: /back/ })).toHaveCount(0);
  await expectAccessible(page);
  // Since the list was shown, others are missing: their deletion was not confirmed.
  writeMakers("m2,Bolt,BE");
  await panel().getByRole("button", { name: "Delete 3 objects" }).click();
  await expect(page.getByText("look at the new plan and confirm that")).toBeVisible();
  await expect(panel().getByRole("list", { name: "Objects to be deleted" })).toHaveText("m1m3m4");
  await panel().getByRole("button", { name: "Delete 3 objects" }).click();
  await expect(banner).toHaveCount(0);
  await expect(row("m4")).toHaveCount(0);
  await expect(row("m2")).toBeVisible();
  await expect(type("makers")).toContainText("1 · 3 deleted");
});

test("a phone and a viewer see the same, and why they may not pull", async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: "reduce" });
  await signIn(context, lockstep, await addUser(lockstep, "viewer"));
  const phone = await context.newPage();
  await phone.goto(`${lockstep.url}/objects`);
  await phone.locator("[data-object=d1]").locator("[data-fold]").click();
  await expect(phone.locator("[data-object=d1-p1]")).toBeVisible();
  await expectFitsWidth(phone);
  await expectAccessible(phone);
  await phone.locator("[data-object=d1-p1]").click();
  const again = phone.getByRole("dialog").getByRole("button", { name: "Pull it again" });
  await expect(again).toBeDisabled();
  await expect(again).toHaveAttribute("title", "View only. Ask an admin for edit access.");
  await expectFitsWidth(phone);
  await expectAccessible(phone);
  await context.close();
});
