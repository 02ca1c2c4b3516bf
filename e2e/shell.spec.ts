import { expect } from "@playwright/test";
import { expectInStep } from "./support/in-step.ts";
import { ADMIN, type Lockstep } from "./support/lockstep.ts";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, expectLive, PHONE, signedIn } from "./support/page.ts";
import { putBack } from "./support/put-back.ts";
import { signIn } from "./support/sign-in.ts";
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

test("a visitor signs in and out, and sees nothing while signed out", async ({ page }) => {
  await page.goto(`${lockstep.url}/conflicts?state=past`);
  await expect(page).toHaveURL(/signin\?next=/);
  await page.getByLabel("Email").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.keyboard.press("Enter");
  // After signing in, the requested page opens.
  await expect(page).toHaveURL(/\/conflicts\?state=past/);
  await expect(page.getByRole("heading", { name: "Conflicts", level: 1 })).toBeVisible();
  await expectLive(page);
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/signin/);
  await page.goto(lockstep.url);
  await expect(page).toHaveURL(/signin/);
});

test("an unknown address shows the product's own page for it", async ({ page }) => {
  const answer = await page.goto(`${lockstep.url}/no-such-page`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Go to the tasks" }).click();
  await expect(page).toHaveURL(/signin/);
});

test("the console has no error, because the policy allows all that the page needs", async ({ page }) => {
  const errors: string[] = [];
  page.on(
    "console",
    (message) => message.type() === "error" && !message.text().includes("404") && errors.push(message.text()),
  );
  page.on("pageerror", (error) => errors.push(error.message));
  await signIn(page.context(), lockstep);
  await page.goto(lockstep.url);
  await expectLive(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder("Search commands and tasks")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.locator("[role=row][data-task='1']").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(errors).toEqual([]);
});

test("a preview lists what would change, and exactly that is applied", async ({ browser, manual }) => {
  const quiet = await manual.fresh();
  const page = await signedIn(browser, quiet);
  quiet.replace("Check that every service answers", "Previewed first");
  await page.getByRole("button", { name: "More ways to sync" }).click();
  await page.getByRole("menuitem", { name: "Both ways…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 change");
  await expect(dialog.locator("del")).toHaveText("Check that every service answers");
  await expect(dialog.locator("ins")).toHaveText("Previewed first");
  await expectAccessible(page);
  // After another edit the plan is refused, and a new plan is shown.
  quiet.replace("keep_days: 30", "keep_days: 31");
  await dialog.getByRole("button", { name: "Apply exactly this" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Look again");
  await dialog.getByRole("button", { name: "Look again" }).click();
  await expect(dialog).toContainText("2 changes");
  await dialog.getByRole("button", { name: "Apply exactly this" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("Synced: 2 updated")).toBeVisible();
  await expectInStep(quiet);
});

test("a halt is explained and confirmed, and a problem is quoted with its line", async ({ browser }) => {
  const page = await signedIn(browser, lockstep);
  lockstep.write(original.slice(0, original.indexOf("  # Cheap")));
  const banner = page.getByRole("alert").filter({ hasText: "Halted, nothing was changed" });
  await expect(banner).toContainText("The file no longer has 2 tasks, and the database still does.");
  await expectAccessible(page);
  await banner.getByRole("button", { name: "Look and decide" }).click();
  const dialog = page.getByRole("dialog", { name: "2 tasks missing: delete or put back?" });
  await expect(dialog.getByRole("listitem")).toHaveText([/2.*health-check/, /3.*weekly-report/]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Put 2 tasks back in the file" }).click();
  await expect(banner).toHaveCount(0);
  await until("they are in the file again", () => Promise.resolve(lockstep.read().includes("weekly-report")));
  expect(await lockstep.sql("SELECT 1 FROM tasks")).toHaveLength(3);

  // Other bytes than before, since an earlier version of the file that comes back deletes nothing.
  lockstep.write(`${original.slice(0, original.indexOf("  # Cheap"))}# really\n`);
  await banner.getByRole("button", { name: "Look and decide" }).click();
  await dialog.getByRole("button", { name: "Delete 2 tasks" }).click();
  await expect(banner).toHaveCount(0);
  await until("they are gone", async () => (await lockstep.sql("SELECT 1 FROM tasks")).length === 1);

  lockstep.write(original.replace("tasks:", "tasks: [oops"));
  await page.getByRole("button", { name: "1 problem" }).click();
  const problems = page.getByRole("dialog", { name: "Problems" });
  await expect(problems).toContainText(/Line \d+, column \d+/);
  await expect(problems.locator("pre")).toContainText("- id: 1");
  await expect(problems).toContainText("Fix the line in the file");
  await expectAccessible(page);
  lockstep.write(original);
  await expect(page.getByRole("status", { name: "Sync status" })).toHaveText("In step");
});

test("a long run shows its phase and its progress", async ({ browser }) => {
  const page = await signedIn(browser, lockstep);
  const tell = async (phase: string, progress: object | null) => {
    await lockstep.sql("UPDATE sources SET phase = $1, progress = $2", [
      phase,
      progress === null ? null : JSON.stringify(progress),
    ]);
    await lockstep.sql("SELECT pg_notify('lockstep_events', $1)", [
      JSON.stringify({ event: "sync_status_changed", source: "default" }),
    ]);
  };
  await tell("executing", { done: 40_000, total: 100_000 });
  const bar = page.getByRole("progressbar", { name: "Writing changes" });
  await expect(bar).toHaveAttribute("aria-valuenow", "40000");
  await expect(page.getByText("40,000 of 100,000")).toBeVisible();
  await expectAccessible(page);
  await tell("idle", null);
  await expect(bar).toHaveCount(0);
});

test("the page reconnects by itself after the server restarts, and shows what happened meanwhile", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep);
  await lockstep.kill9();
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await expectAccessible(page);
  lockstep.replace("Check that every service answers", "Edited while it was down");
  await lockstep.up();
  await expectLive(page);
  await expect(page.getByText("Edited while it was down")).toBeVisible();
});

test("the keyboard alone is enough for commands, shortcuts and navigation", async ({ browser }) => {
  const page = await signedIn(browser, lockstep);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder("Search commands and tasks")).toBeFocused();
  await page.keyboard.type("weekly");
  await expect(page.getByRole("option", { name: /weekly-report/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Task 3");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sync now");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Synced: nothing to change")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveClass("dark");
});

test("on a phone everything is within reach", async ({ browser }) => {
  const page = await signedIn(browser, lockstep, "/", { viewport: PHONE });
  await expectFitsWidth(page);
  for (const name of ["Tasks", "Conflicts", "History", "Schedule", "File"]) {
    await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name })).toBeVisible();
  }
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText("Synced: nothing to change")).toBeVisible();
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass("dark");
});
