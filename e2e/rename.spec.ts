import { expect } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { dialog, inbox, noConflicts, openConflicts, openFirst, sync } from "./support/conflicts.ts";
import { expectInStep } from "./support/in-step.ts";
import { test } from "./support/test.ts";

test("a task whose id changes in the file is asked about, and keeps its row and history under the new id", async ({
  browser,
  manual,
}) => {
  const { lockstep, page } = await openConflicts(browser, manual);
  await lockstep.sql("UPDATE tasks SET description = 'From the database' WHERE id = '2'");
  await sync(lockstep);
  lockstep.replace("- id: 2", "- id: 8");
  lockstep.replace("retries: 3", "retries: 5");
  await sync(lockstep);

  await openFirst(page);
  await expect(dialog(page)).toContainText("Task 2 is gone from the file, and task 8");
  await expect(dialog(page)).toContainText("The same: skill_name, schedule_cron");
  await expect(dialog(page).getByRole("row", { name: /params\.retries 3 5/ })).toBeVisible();
  await expectAccessible(page);
  const before = lockstep.read();
  await dialog(page)
    .getByRole("button", { name: /It is the same task: rename/ })
    .click();
  await noConflicts(page);
  expect(lockstep.read()).toBe(before);
  await expectInStep(lockstep);
  expect(
    await lockstep.sql("SELECT id, description, params->>'retries' AS retries FROM tasks ORDER BY id"),
  ).toMatchObject([{ id: "1" }, { id: "3" }, { id: "8", description: "From the database", retries: "5" }]);
  await page.goto("/audit?task_id=8");
  await expect(page.getByText("changed description of task 2")).toBeVisible();

  lockstep.replace("- id: 8", "- id: 9");
  lockstep.replace("- id: 3", "- id: 4");
  await sync(lockstep);
  await page.goto("/conflicts");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(2);
  await page.getByLabel("Select all shown").click();
  await page.getByRole("button", { name: "Put the id back" }).click();
  await dialog(page).getByRole("button", { name: "Resolve 2" }).click();
  await noConflicts(page);
  expect(lockstep.read()).toBe(before);
  await expectInStep(lockstep);
  await page.context().close();
});
