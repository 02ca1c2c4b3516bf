import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import {
  agree,
  apply,
  dialog,
  disagree,
  disagreeOnBackup,
  disagreeOnDeletion,
  field,
  inbox,
  noConflicts,
  openConflicts,
  openFirst,
  row,
  yamlLines,
} from "./support/conflicts.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { signedIn } from "./support/page.ts";
import { test } from "./support/test.ts";

let lockstep: Lockstep;
let page: Page;

test.beforeAll(async ({ browser, manual }) => {
  ({ lockstep, page } = await openConflicts(browser, manual));
});
test.afterAll(() => page.context().close());
test.beforeEach(() => agree(lockstep));

test("a conflict appears in the inbox by itself, and on other pages as a notice that does not take the focus", async () => {
  await page.goto(`${lockstep.url}/`);
  const focused = page.getByRole("link", { name: /Lockstep/ }).first();
  await focused.focus();
  await disagree(lockstep);
  await expect(page.getByText("Task 2 is in conflict")).toBeVisible();
  await expect(focused).toBeFocused();
  await page.getByRole("button", { name: "Look" }).click();
  await expect(dialog(page)).toContainText("Task 2");
  await page.keyboard.press("Escape");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(1);
  await disagreeOnBackup(lockstep);
  await expect(inbox(page).getByRole("listitem")).toHaveCount(2);
  await expect(inbox(page).getByRole("listitem").first()).toContainText("Task 2");
});

test("after a resolution the next conflict opens by itself, and the resolution can be undone", async () => {
  await disagree(lockstep);
  await disagreeOnBackup(lockstep);
  await openFirst(page);
  await expect(dialog(page)).toContainText("Task 2");
  await dialog(page)
    .getByRole("button", { name: /Keep YAML/ })
    .click();
  await apply(page);
  await expect(dialog(page)).toContainText("Task 1");
  expect(await row(lockstep)).toMatchObject({ description: "Check that all services answer quickly" });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("the conflict is open again")).toBeVisible();
  await expect(dialog(page)).toContainText("Task 1");
  await expect(dialog(page)).toContainText("1 of 2");
  expect(await row(lockstep)).toMatchObject({ description: "Check that every service answers twice" });
});

test("many conflicts are selected, summed up, resolved and undone together", async () => {
  await disagree(lockstep);
  await disagreeOnDeletion(lockstep);
  await disagreeOnBackup(lockstep);
  await page.goto(`${lockstep.url}/conflicts`);
  await page.getByRole("searchbox", { name: "Search conflicts" }).fill("keep_days");
  await expect(inbox(page).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Search conflicts" }).fill("");
  await page.getByRole("checkbox", { name: "Select all shown" }).click();
  await page.getByRole("button", { name: "Keep YAML" }).click();
  await expect(dialog(page)).toContainText("Keep YAML in 3 conflicts?");
  await expect(dialog(page)).toContainText("This deletes 1 task: 3.");
  await dialog(page).getByRole("button", { name: "Resolve 3" }).click();
  await noConflicts(page);
  expect(await row(lockstep, "3")).toBeUndefined();
  await expectInStep(lockstep);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("3 conflicts are open again")).toBeVisible();
  await expect(inbox(page).getByRole("listitem")).toHaveCount(3);
  expect((await row(lockstep, "3"))?.description).toBe("Still wanted");
});

test("the keyboard alone is enough to resolve two conflicts from the inbox", async () => {
  await disagree(lockstep);
  await disagreeOnBackup(lockstep);
  await page.goto(`${lockstep.url}/conflicts`);
  await expect(inbox(page).getByRole("listitem")).toHaveCount(2);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toContainText("Task 2");
  await page.keyboard.press("j");
  await expect(dialog(page)).toContainText("Task 1");
  await page.keyboard.press("k");
  await expect(dialog(page)).toContainText("Task 2");
  // The first field has the focus. The right arrow picks the database for it, and down goes to the next field.
  await page.keyboard.press("ArrowRight");
  await expect(field(page, "description").getByRole("radio", { name: /Database/ })).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await expect(field(page, "status").getByRole("radio", { name: /YAML file/ })).toBeChecked();
  await expect(yamlLines(page)).toContainText("answers twice");
  await expect(dialog(page).getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toContainText("Task 1");
  await page.keyboard.press("2");
  await expect(yamlLines(page)).toContainText("keep_days: 90");
  await expect(dialog(page).getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await noConflicts(page);
  expect(await row(lockstep)).toMatchObject({
    description: "Check that every service answers twice",
    status: "active",
    params: { timeout_seconds: 20 },
  });
  expect(lockstep.read()).toContain("keep_days: 90");
  await expectInStep(lockstep);
});

test("past conflicts stay visible", async () => {
  await disagree(lockstep);
  await openFirst(page);
  await dialog(page).getByRole("button", { name: /Merge/ }).click();
  await apply(page);
  await noConflicts(page);
  await page.getByRole("radio", { name: "Past" }).click();
  const past = page.getByRole("list", { name: "Past conflicts" }).getByRole("button").first();
  await expect(past).toContainText("Merge by admin@example.com");
  await past.click();
  await expect(dialog(page)).toContainText("Check that all services answer quickly");
  await page.keyboard.press("Escape");
});

test("on a phone everything is within reach, and nothing is wider than the screen", async ({ browser }) => {
  await disagree(lockstep);
  const phone = await signedIn(browser, lockstep, "/", {
    viewport: { width: 375, height: 667 },
    hasTouch: true,
    isMobile: true,
  });
  await openFirst(phone);
  const wide = () => phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await wide()).toBeLessThanOrEqual(0);
  await field(phone, "description")
    .getByRole("radio", { name: /Database/ })
    .tap();
  await dialog(phone)
    .getByRole("button", { name: /Keep YAML/ })
    .tap();
  await dialog(phone).getByRole("tab", { name: "Result" }).tap();
  await expect(yamlLines(phone)).toContainText("answer quickly");
  expect(await wide()).toBeLessThanOrEqual(0);
  await apply(phone);
  await noConflicts(phone);
  expect(await row(lockstep)).toMatchObject({ description: "Check that all services answer quickly" });
  await phone.context().close();
});

test("past conflicts come page by page, the last one first", async ({ browser }) => {
  await lockstep.sql(
    `INSERT INTO conflicts (source, task_id, state, kind, fields, reason, revision, closed_at, closed_by)
     SELECT 'default', 'past-' || g, 'closed', 'modify_modify', '{status}', 'both', 'r', now() + g * interval '1 hour', 'run' FROM generate_series(1, 120) g`,
  );
  const page = await signedIn(browser, lockstep);
  await page.goto(`${lockstep.url}/conflicts`);
  await page.getByText("Past", { exact: true }).click();
  const past = page.getByRole("list", { name: "Past conflicts" }).getByRole("listitem");
  await expect(past.first()).toContainText("past-120");
  await expect(past).toHaveCount(50);
  await page.getByRole("button", { name: "Show older conflicts" }).press("Enter");
  await expect(past.nth(99)).toContainText("past-21");
  await lockstep.sql("DELETE FROM conflicts WHERE task_id LIKE 'past-%'");
});

test("axe finds nothing", async ({ browser }) => {
  await disagree(lockstep);
  await disagreeOnDeletion(lockstep);
  const page = await signedIn(browser, lockstep);
  await page.goto(`${lockstep.url}/conflicts`);
  await expect(inbox(page).getByRole("listitem")).toHaveCount(2);
  await page.getByRole("checkbox", { name: "Select all shown" }).click();
  await expectAccessible(page, "the conflicts");
  await openFirst(page);
  await dialog(page)
    .getByRole("button", { name: /Keep database/ })
    .click();
  await expect(yamlLines(page)).toContainText("answers twice");
  await dialog(page).getByRole("button", { name: "Edit the value of description" }).click();
  await expectAccessible(page, "a conflict's fields");
  await dialog(page).getByRole("tab", { name: "YAML text" }).click();
  await expect(dialog(page).getByRole("region", { name: /lines of the task/ })).toHaveCount(3);
  await expectAccessible(page, "a conflict's text");
  await page.context().close();
});
