import { expect, type Page } from "@playwright/test";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import { putBack } from "./support/put-back.ts";
import { test } from "./support/test.ts";

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

const row = (page: Page, id: string) => page.locator(`[role=row][data-task="${id}"]`);

test("no task is green while the file cannot be read, and a banner says where and what mends it", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep);
  // A version is kept when the file is written.
  await lockstep.call("PATCH /api/tasks/:id", { params: { id: "1" }, body: { description: "Written" } });
  await expect(row(page, "1")).toContainText("In step");
  const good = lockstep.read();
  lockstep.write(good.replace(/status: active/, "status active"));
  const banner = page.getByRole("alert").filter({ hasText: "The file cannot be read" });
  await expect(banner).toContainText(/line \d+, column \d+/);
  await expect(banner.locator("pre")).toContainText("status active");
  await expect(banner).toContainText("Missing “:” after status?");
  for (const id of ["1", "2", "3"]) await expect(row(page, id)).toContainText("Unknown");
  await expect(page.getByRole("main").getByText("In step")).toHaveCount(0);
  await expectAccessible(page, "the list of an unreadable file");
  await page.setViewportSize(PHONE);
  await expectFitsWidth(page);
  await banner.getByRole("link", { name: "Restore a good version…" }).click();
  await expect(page.getByRole("list", { name: "Kept versions" })).toBeVisible();
  await page.goBack();
  lockstep.write(good);
  await expect(row(page, "1")).toContainText("In step");
  await expect(banner).toHaveCount(0);
});

test("a next run that is past reads overdue, and states are counted and filtered", async ({ browser }) => {
  const page = await signedIn(browser, lockstep);
  await lockstep.sql("UPDATE tasks SET next_run_at = now() - interval '36 minutes' WHERE id = '2'");
  await lockstep.sql("UPDATE tasks SET status = 'paused' WHERE id = '3'");
  await expect(row(page, "2")).toContainText(/overdue by 3[56] min/);
  await expect(row(page, "2")).toContainText("Overdue");
  await expect(row(page, "3")).toContainText("Paused");
  await expect(row(page, "1")).toContainText(/\d{2}:\d{2} (CET|CEST|GMT\+\d)/);
  await page.getByRole("search").getByRole("button", { name: "State" }).click();
  await expect(page.getByRole("menuitemcheckbox", { name: /^Overdue/ })).toHaveText(/Overdue\s*1$/);
  await page.getByRole("menuitemcheckbox", { name: /^Overdue/ }).click();
  await page.keyboard.press("Escape");
  await expect(row(page, "2")).toBeVisible();
  await expect(row(page, "1")).toHaveCount(0);
  await expect(page).toHaveURL(/sync=overdue/);
});
