import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { Lockstep } from "./support/lockstep.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

const SIZE = { width: 1280, height: 860 };
const NAMES = [
  "finance-and-accounting-europe",
  "customer-relationship-management",
  "warehouse-reports-nightly",
];
const EACH = 20;

let home: string;
let lockstep: Lockstep;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  home = mkdtempSync(join(tmpdir(), "lockstep-columns-"));
  for (const [at, name] of NAMES.entries()) writeFileSync(join(home, `${name}.yml`), tasks(at));
  const list = NAMES.map((id) => `  - {id: ${id}, file: ${id}.yml}\n`).join("");
  writeFileSync(join(home, "sources.yml"), `sources:\n${list}`);
  lockstep = await Lockstep.start({ SOURCES_FILE: join(home, "sources.yml") });
  const total = async () => (await lockstep.call("GET /api/tasks", { query: { limit: "1" } })).body.total;
  await until("all files are in", async () => (await total()) === NAMES.length * EACH);
});
test.afterAll(async () => {
  await lockstep.stop();
  rmSync(home, { recursive: true, force: true });
});

function tasks(source: number): string {
  const task = (n: number) =>
    `  - {id: ${source * EACH + n}, skill_name: reconcile-bank-statements-${n}, schedule_cron: "7 1 * * 1-5", ` +
    `timezone: America/Argentina/Buenos_Aires, status: ${n % 4 === 0 ? "paused" : "active"}}\n`;
  return `tasks:\n${Array.from({ length: EACH }, (_, n) => task(n + 1)).join("")}`;
}

const grid = (page: Page) => page.getByRole("grid", { name: "Tasks" });
const row = (page: Page, id: number) => page.locator(`[role=row][data-task="${id}"]`);
const head = (page: Page, name: string) => page.getByRole("columnheader", { name, exact: true });
const heads = (page: Page) => page.getByRole("columnheader").allInnerTexts();
const widthOf = async (page: Page, name: string) => (await head(page, name).boundingBox())?.width ?? 0;

for (const size of [SIZE, { width: 900, height: 860 }, { width: 640, height: 430 }, PHONE])
  test(`nothing is cut off with three sources of long names at ${size.width} pixels`, async ({ browser }) => {
    const page = await signedIn(browser, lockstep, "/", { viewport: size });
    await expect(row(page, 1)).toContainText(NAMES[0] ?? "");
    await expectFitsWidth(page);
    // Nothing of a row, its head or its edge lies beyond the list.
    const beyond = await grid(page).evaluate((list) => {
      const right = list.getBoundingClientRect().left + list.clientWidth;
      return [...list.querySelectorAll("[role=gridcell], [role=columnheader]")]
        .filter((cell) => cell.getBoundingClientRect().right > right)
        .map((cell) => cell.textContent);
    });
    expect(beyond).toEqual([]);
    expect(await grid(page).evaluate((list) => list.scrollWidth - list.clientWidth)).toBeLessThanOrEqual(0);
    // The name of the source is all there.
    const isWhole = await row(page, 1).evaluate((shown, name) => {
      const told = [...shown.querySelectorAll<HTMLElement>("p, span")].filter(
        (each) =>
          each.textContent.startsWith(name) &&
          each.getClientRects().length > 0 &&
          each.firstElementChild?.textContent.startsWith(name) !== true,
      );
      return (
        told.length > 0 &&
        told.every(
          (each) => each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight + 1,
        )
      );
    }, NAMES[0] ?? "");
    expect(isWhole).toBe(true);
  });

test("columns are chosen and sized by the keyboard, and stay", async ({ browser }) => {
  const page = await signedIn(browser, lockstep, "/", { viewport: SIZE });
  await expect
    .poll(() => heads(page))
    .toEqual(["", "Id", "Task", "Source", "Schedule", "Next run", "Status", "State"]);
  // The menu comes a moment after the page, and what is disabled takes no focus.
  await expect(page.getByRole("button", { name: "Columns" })).toBeEnabled();
  await page.getByRole("button", { name: "Columns" }).focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("dialog", { name: "Columns" });
  await expect(menu.getByRole("checkbox", { name: "Id" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(head(page, "Id")).toHaveCount(0);
  await menu.getByRole("checkbox", { name: "Changed" }).press("Space");
  await expect(head(page, "Changed")).toBeVisible();
  const before = await widthOf(page, "Source");
  await menu.getByRole("button", { name: "Source wider" }).press("Enter");
  await expect.poll(() => widthOf(page, "Source")).toBeCloseTo(before + 24, 0);
  await expectAccessible(page, "the menu of columns");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Columns" })).toBeFocused();
  const shown = await heads(page);
  expect(shown).toEqual(["", "Task", "Source", "Schedule", "Next run", "Status", "State", "Changed"]);

  await expect(page).toHaveURL(/columns=skill%2Csource\.\d+%2Cschedule%2Cnext%2Cstatus%2Csync%2Cchanged$/);
  // The browser remembers them for an address that names none.
  await page.goto("/conflicts");
  await page.goto("/");
  await expect.poll(() => heads(page)).toEqual(shown);
  await page.getByRole("button", { name: "Columns" }).click();
  await menu.getByRole("button", { name: "Reset" }).click();
  await expect(head(page, "Id")).toBeVisible();
  await expect(head(page, "Changed")).toHaveCount(0);
});

test("the edge of a column is dragged, and a wide table scrolls to the side with its heads", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep, "/", { viewport: SIZE });
  const edge = page.locator('[data-edge="skill"]');
  const box = await edge.boundingBox();
  const before = await widthOf(page, "Task");
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 400, y, { steps: 4 });
  await expect.poll(() => widthOf(page, "Task")).toBeCloseTo(before + 400, 0);
  await page.mouse.up();
  await expect(page).toHaveURL(/skill\.\d+/);
  expect(await widthOf(page, "Task")).toBeCloseTo(before + 400, 0);
  const left = async (what: ReturnType<typeof head>) => (await what.boundingBox())?.x;
  await grid(page).evaluate((list) => list.scrollTo({ left: 500 }));
  expect(await grid(page).evaluate((list) => list.scrollLeft)).toBeGreaterThan(100);
  expect(await left(head(page, "Status"))).toBe(await left(row(page, 1).getByRole("gridcell").nth(6)));
  await expectFitsWidth(page);
  await edge.dblclick();
  await expect.poll(() => widthOf(page, "Task")).toBeLessThan(before + 100);
});

test("filters count what they would show, and sorting goes to the top", async ({ browser }) => {
  const page = await signedIn(browser, lockstep, "/", { viewport: SIZE });
  const open = (name: string) => page.getByRole("search").getByRole("button", { name }).click();
  await open("Status");
  await expect(page.getByRole("menuitemcheckbox", { name: /^paused/ })).toHaveText(/paused\s*15$/);
  await page.keyboard.press("Escape");
  await open("Source");
  await page.getByRole("menuitemcheckbox", { name: /^finance/ }).click();
  await page.keyboard.press("Escape");
  await open("Status");
  await expect(page.getByRole("menuitemcheckbox", { name: /^paused/ })).toHaveText(/paused\s*5$/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Clear" }).click();

  await grid(page).evaluate((list) => list.scrollTo({ top: 1_500 }));
  await expect(row(page, 1)).toHaveCount(0);
  await head(page, "Status").getByRole("button").click();
  await expect.poll(() => grid(page).evaluate((list) => list.scrollTop)).toBe(0);
});
