import { expect } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { dialog, inbox, openConflicts, row, sync } from "./support/conflicts.ts";
import { expectInStep } from "./support/in-step.ts";
import { test } from "./support/test.ts";

test("an older version of the file that came back is told on every page, and the newest is put back from there", async ({
  browser,
  manual,
}) => {
  const { lockstep, page } = await openConflicts(browser, manual);
  const older = lockstep.read();
  await lockstep.sql("UPDATE tasks SET description = 'In the database' WHERE id = '2'");
  await sync(lockstep);
  const newest = lockstep.read();
  lockstep.write(older);
  await sync(lockstep);

  const banner = page.getByRole("alert").filter({ hasText: "An older version of the file came back" });
  await expect(banner).toContainText("1 task");
  await page.goto("/conflicts");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page);
  await banner.getByRole("button", { name: "Put the newest back" }).click();
  await dialog(page).getByRole("button", { name: "Put the newest back" }).click();
  await expect(page.getByText("The newest version is back")).toBeVisible();
  await expect(banner).toBeHidden();
  expect(lockstep.read()).toBe(newest);
  expect(await row(lockstep)).toMatchObject({ description: "In the database" });
  await expectInStep(lockstep);
  await page.context().close();
});

test("many deletions chosen at once are halted, and confirmed in the notice that says so", async ({
  browser,
  manual,
}) => {
  const { lockstep, page } = await openConflicts(browser, manual);
  lockstep.write(lockstep.read().replace(/\n {2}# Cheap[^]*$/, "\n"));
  await lockstep.sql("UPDATE tasks SET description = 'Still wanted' WHERE id IN ('2', '3')");
  await sync(lockstep);
  await page.goto("/conflicts");
  await page.getByLabel("Select all shown").click();
  await page.getByRole("button", { name: "Keep YAML" }).click();
  await dialog(page).getByRole("button", { name: "Resolve 2" }).click();
  await expect(dialog(page)).toContainText("This run would delete 2 of 3 tasks");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Look and decide" }).click();
  await dialog(page).getByRole("button", { name: "Delete 2 tasks" }).click();
  await expect(page.getByText("No conflicts", { exact: true })).toBeVisible();
  expect(await lockstep.sql("SELECT id FROM tasks")).toEqual([{ id: "1" }]);
  await expectInStep(lockstep);
  await page.context().close();
});
