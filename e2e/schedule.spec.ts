import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";

/** The hour in UTC in which several tasks run: hours away, since the present hour is on the picture twice, each time a part of it. */
const HOUR = (new Date().getUTCHours() + 6) % 24;
const clock = (hour: number) => `${String((hour + 24) % 24).padStart(2, "0")}:00`;

const task = (id: number, cron: string, more = "") =>
  `  - id: ${id}\n    skill_name: skill-${id}\n    schedule_cron: "${cron}"\n${more}`;
const SCHEDULE = `tasks:\n${task(1, "0 * * * *")}${task(2, `0 ${HOUR} * * *`)}${task(3, `30 ${HOUR} * * *`)}${task(4, `0 ${HOUR} * * *`, "    timezone: Asia/Kolkata\n")}${task(5, `0 ${HOUR} * * *`, "    status: paused\n")}`;

let lockstep: Lockstep;
let page: Page;

test.beforeAll(async ({ browser, automatic }) => {
  lockstep = await automatic.fresh(SCHEDULE);
  page = await signedIn(browser, lockstep, "/", {
    viewport: { width: 1280, height: 800 },
    timezoneId: "America/New_York",
  });
});
test.afterAll(() => page.context().close());
test.beforeEach(async () => {
  await page.goto("/schedule");
  await expect(page.getByRole("button", { name: new RegExp(clock(HOUR)) }).first()).toBeVisible();
});

const busy = () =>
  page
    .getByRole("region", { name: "Next 24 hours" })
    .getByRole("button", { name: new RegExp(`${clock(HOUR)}: .*several tasks`) });

test("the picture of the next day shows each hour's runs, and which start together", async () => {
  await expect(busy()).toHaveAccessibleName(/3 runs, 1 minute with several tasks$/);
  await expect(page.getByRole("region", { name: "At the same time" })).toContainText("2 tasks");
  await busy().click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("2 tasks at once")).toBeVisible();
  await expect(sheet.getByRole("link")).toHaveText([/1.*skill-1/, /2.*skill-2/, /3.*skill-3/]);
  await expectAccessible(page, "an hour");
  await sheet.getByRole("link", { name: /skill-3/ }).click();
  await expect(page).toHaveURL(/\/\?task=3$/);
});

test("paused tasks are left out unless asked for, and edits show by themselves", async () => {
  await page.getByRole("checkbox", { name: /Include paused/ }).click();
  await expect(busy()).toHaveAccessibleName(/4 runs/);
  await lockstep.call("POST /api/tasks", {
    body: { id: 6, skill_name: "newcomer", schedule_cron: `15 ${HOUR} * * *` },
  });
  await expect(busy()).toHaveAccessibleName(/5 runs/);
  await lockstep.call("DELETE /api/tasks/:id", { params: { id: "6" } });
  await expect(busy()).toHaveAccessibleName(/4 runs/);
});

test("times are shown in the chosen zone", async () => {
  await page.getByRole("radio", { name: "Local time" }).click();
  // New York is four or five hours behind UTC.
  const local = page
    .getByRole("region", { name: "Next 24 hours" })
    .getByRole("button", { name: new RegExp(`(${clock(HOUR - 4)}|${clock(HOUR - 5)}): 3 runs`) });
  await expect(local).toBeVisible();
  await local.click();
  await expect(page.getByRole("dialog")).toContainText("local time");
});

test("the week is a grid in which arrow keys move", async () => {
  await page.getByRole("radio", { name: "7 days" }).click();
  const grid = page.getByRole("grid", { name: "Runs by day and hour" });
  await expect(grid.getByRole("button", { name: new RegExp(`${clock(HOUR)}: 3 runs`) })).toHaveCount(7);
  const present = grid.locator('button[tabindex="0"]');
  await expect(present).toHaveCount(1);
  await present.focus();
  const hour = Number(await present.getAttribute("data-hour"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(grid.locator(`[data-hour="${hour + 25}"]`)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("skill-1");
  await page.keyboard.press("Escape");
  await expect(grid.locator(`[data-hour="${hour + 25}"]`)).toBeFocused();
});

test("axe finds nothing, wide and on a phone", async ({ browser }) => {
  const other = await signedIn(browser, lockstep, "/");
  for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
    await other.setViewportSize(viewport);
    await other.goto("/schedule");
    await expect(other.getByRole("button", { name: new RegExp(clock(HOUR)) }).first()).toBeVisible();
    await expectAccessible(other, "the next 24 hours");
    await other.getByRole("radio", { name: "7 days" }).click();
    await expectAccessible(other, "the week");
    await expectFitsWidth(other);
  }
  await other.context().close();
});
