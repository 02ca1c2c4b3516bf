import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";

/** The hour in UTC in which several tasks run: hours away, so that it is to come in every zone of these tests. */
const HOUR = (new Date().getUTCHours() + 6) % 24;
const clock = (hour: number) => `${String((hour + 24) % 24).padStart(2, "0")}:00`;

const task = (id: number, name: string, cron: string, more = "") =>
  `  - id: ${id}\n    skill_name: ${name}\n    schedule_cron: "${cron}"\n${more}`;
const SCHEDULE = `tasks:\n${[
  task(1, "heartbeat", "0 * * * *"),
  task(2, "ledger-close", `0 ${HOUR} * * *`),
  task(3, "fx-rates", `30 ${HOUR} * * *`),
  task(4, "monsoon", `0 ${HOUR} * * *`, "    timezone: Asia/Kolkata\n"),
  task(5, "resting", `0 ${HOUR} * * *`, "    status: paused\n"),
  task(6, "every-minute", "* * * * *"),
].join("")}`;

let lockstep: Lockstep;
let page: Page;

test.beforeAll(async ({ browser, automatic }) => {
  lockstep = await automatic.fresh(SCHEDULE);
  page = await signedIn(browser, lockstep, "/", {
    viewport: { width: 1280, height: 860 },
    timezoneId: "America/New_York",
  });
});
test.afterAll(() => page.context().close());

const row = (name: string, on = page) => on.getByRole("row", { name: new RegExp(`(^|\\s)${name}`) });
const sheet = () => page.getByRole("dialog");
const overview = () => page.getByRole("group", { name: "Tasks that start at once" });

async function open(address: string, on = page): Promise<void> {
  await on.goto(address);
  await expect(row("heartbeat", on).first()).toBeVisible();
}

test("each task has a row with its name, its schedule in words and its starts", async () => {
  await open("/schedule?zone=utc");
  await expect(page.getByText("Times in UTC")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "5 of 6 tasks" })).toBeVisible();
  await expect(row("ledger-close")).toContainText(`Every day at ${clock(HOUR)}`);
  await expect(row("ledger-close")).toContainText(
    new RegExp(`next .* ${clock(HOUR)}, together with 2 other tasks`),
  );
  await expect(row("monsoon")).toContainText("Asia/Kolkata");
  // The one that starts next is on top, and too many starts to tell apart are a band of colour.
  await expect(page.getByRole("row").first()).toContainText("every-minute");
  await expect(row("every-minute").locator("svg rect.fill-accent")).toHaveCount(1);
  await expect(row("ledger-close").locator("svg path.stroke-warn")).toHaveAttribute("d", /^M[\d.]+ 3V25$/);
});

test("a click leads to the task, its cron expression, and when it starts", async () => {
  await open("/schedule?zone=utc");
  await row("ledger-close").click();
  await expect(sheet()).toContainText(`0 ${HOUR} * * *`);
  await expect(sheet().getByText("Next starts")).toBeVisible();
  await expect(sheet()).toContainText("Lockstep does not run tasks, so this does not say that it ran.");
  await expect(sheet()).toContainText("2 other tasks start with the next one");
  await expect(sheet()).toContainText("No program has reported a run of this task lately");
  await expectAccessible(page, "the task of a row");
  await sheet().getByRole("link", { name: "Open the task" }).click();
  await expect(page).toHaveURL(/\/\?task=2$/);
});

test("what a program reported is shown with who and when", async () => {
  await lockstep.call("PATCH /api/tasks/:id", { params: { id: "3" }, body: { status: "running" } });
  await open("/schedule");
  await row("fx-rates").click();
  await expect(sheet().getByText("by API_TOKEN")).toBeVisible();
  await expect(sheet()).toContainText("running");
});

test("a run that nothing has reported is overdue", async () => {
  await lockstep.sql("UPDATE tasks SET next_run_at = now() - interval '36 minutes' WHERE id = '2'");
  await open("/schedule");
  await expect(row("ledger-close")).toContainText("overdue");
  await row("ledger-close").click();
  await expect(sheet()).toContainText(/3\d min ago, and nothing has reported that run/);
});

test("the keyboard moves from row to row and through time", async () => {
  await open("/schedule?order=name&zone=utc");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(page.getByRole("row", { selected: true })).toContainText("fx-rates");
  await page.keyboard.press("Enter");
  await expect(sheet().getByRole("heading", { name: "fx-rates" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid", { name: "Timeline" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("row", { selected: true })).toContainText("monsoon");
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/at=20/);
  await page.getByRole("button", { name: "Now", exact: true }).click();
  await expect(page).not.toHaveURL(/at=/);
  await page.keyboard.press("/");
  await page.keyboard.type("ledger");
  await expect(page.getByRole("row")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("grid", { name: "Timeline" })).toBeFocused();
});

test("tasks that start together are groups, and a group leads to its tasks", async () => {
  await open("/schedule?zone=utc");
  await page.getByRole("radio", { name: "Start together" }).click();
  const crowd = page.getByRole("row").first();
  await expect(crowd).toContainText("ledger-close, heartbeat and 1 more");
  await expect(crowd).toContainText(new RegExp(`3 tasks, next .* ${clock(HOUR)}`));
  await crowd.click();
  await expect(sheet().getByRole("heading", { name: "3 tasks start together" })).toBeVisible();
  await sheet()
    .getByRole("link", { name: /ledger-close/ })
    .click();
  await expect(page).toHaveURL(/\/\?task=2$/);
});

test("the overview tells how many start at once, and opens what starts when", async () => {
  await open("/schedule?zone=utc");
  const bar = overview().getByRole("button", { name: new RegExp(`${clock(HOUR)}: `) });
  await expect(bar).toHaveAccessibleName(/63 runs, up to 3 tasks at once$/);
  await overview().locator('[tabindex="0"]').focus();
  for (let i = 0; i < 6; i += 1) await page.keyboard.press("ArrowRight");
  await expect(bar).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sheet().getByText("3 tasks together")).toBeVisible();
  await expect(sheet().getByRole("link", { name: /fx-rates/ })).toHaveCount(0);
  await sheet().getByRole("button", { name: "Show later minutes: 30 more" }).click();
  await expect(sheet().getByRole("link", { name: /fx-rates/ })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(bar).toBeFocused();
});

test("times are shown by the chosen clock: the browser's, UTC, or each task's own", async () => {
  await open("/schedule");
  await expect(page.getByText(/^Times in America\/New_York \(GMT−[45]\)$/)).toBeVisible();
  await expect(row("ledger-close")).toContainText(
    new RegExp(`next .* (${clock(HOUR - 4)}|${clock(HOUR - 5)})`),
  );
  await page.getByRole("radio", { name: "Task's" }).click();
  await expect(page.getByText("Each row in its own time zone")).toBeVisible();
  await expect(row("monsoon")).toContainText(new RegExp(`next .* ${clock(HOUR)}`));
  await row("monsoon").click();
  await expect(
    sheet()
      .getByText(/GMT\+5:30/)
      .first(),
  ).toBeVisible();
});

test("a week and a month are a click away, and the address keeps what is shown", async () => {
  await open("/schedule");
  await page.getByRole("radio", { name: "Week" }).click();
  await expect(overview().getByRole("button")).toHaveCount(42);
  await page.getByRole("radio", { name: "Month" }).click();
  await expect(overview().getByRole("button")).toHaveCount(31);
  await expect(page).toHaveURL(/span=month/);
  await page.reload();
  await expect(overview().getByRole("button")).toHaveCount(31);
});

test("paused tasks come on request, and edits show by themselves", async () => {
  await open("/schedule?zone=utc");
  await expect(row("resting")).toHaveCount(0);
  await page.getByRole("checkbox", { name: /Include paused/ }).click();
  await expect(row("resting")).toContainText("no start is expected");
  await lockstep.call("POST /api/tasks", {
    body: { id: 7, skill_name: "newcomer", schedule_cron: `15 ${HOUR} * * *` },
  });
  await expect(row("newcomer")).toBeVisible();
  await lockstep.call("DELETE /api/tasks/:id", { params: { id: "7" } });
  await expect(row("newcomer")).toHaveCount(0);
});

test("the page says that it loads while the tasks are on their way", async () => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/tasks?*", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/schedule");
  await expect(page.getByRole("progressbar", { name: "Loading the tasks" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Loading the tasks" }).first()).toBeVisible();
  answer();
  await expect(row("heartbeat")).toBeVisible();
  await page.unroute("**/api/tasks?*");
});

test("axe finds nothing and nothing is cut off: wide, on a phone, at 200 %, in both themes", async ({
  browser,
}) => {
  const views = [
    { viewport: { width: 1280, height: 860 }, colorScheme: "light" },
    { viewport: { width: 640, height: 430 }, colorScheme: "dark" },
    { viewport: PHONE, colorScheme: "dark" },
  ] as const;
  for (const view of views) {
    const other = await signedIn(browser, lockstep, "/", view);
    for (const address of [
      "/schedule",
      "/schedule?span=month&zone=own",
      "/schedule?rows=together&span=week",
    ]) {
      await open(address, other);
      await expectAccessible(other, `${address} at ${view.viewport.width}`);
      await expectFitsWidth(other);
    }
    await other.getByRole("row").first().click();
    await expect(other.getByRole("dialog")).toBeVisible();
    await expectFitsWidth(other);
    await other.context().close();
  }
});
