import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { expectFitsWidth, expectLive, PHONE, signedIn } from "./support/page.ts";
import { test } from "./support/test.ts";

let lockstep: Lockstep;
let original: string;
test.beforeAll(async ({ automatic }) => {
  lockstep = await automatic.fresh();
  original = lockstep.read();
});

const steps = (page: Page) => page.getByRole("region", { name: /First steps|All done/ });
const step = (page: Page, name: string) => steps(page).getByRole("listitem").filter({ hasText: name });

test("the first steps are ticked off as they happen, and the practice conflict goes again", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep);
  await page.getByRole("button", { name: "First steps" }).click();
  await expectAccessible(page);
  lockstep.replace("Check that every service answers", "From my editor");
  await expect(step(page, "Edit the file")).toContainText("Seen: task 2");
  await expect(step(page, "Edit the file").getByLabel("Done")).toBeVisible();

  await page.locator('[role=row][data-task="1"]').click();
  await page.getByRole("dialog").getByLabel("Description").fill("From the browser");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toContainText("Saved, in file");
  await page.keyboard.press("Escape");
  await expect(step(page, "Edit here")).toContainText(/Line \d+ of the file/);

  const before = lockstep.read().split("\ntasks:")[1];
  await step(page, "Disagree").getByRole("button", { name: "Make me a practice conflict" }).click();
  await step(page, "Disagree").getByRole("link", { name: "Open it" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("practice-conflict");
  await dialog.getByRole("button", { name: /^\d? ?Keep database/ }).click();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(steps(page)).toContainText("All done");
  expect(lockstep.read()).toContain("What the database says");
  await step(page, "Disagree").getByRole("button", { name: "Remove it" }).click();
  await expect(
    step(page, "Disagree").getByRole("button", { name: "Make me a practice conflict" }),
  ).toBeVisible();
  expect(lockstep.read().split("\ntasks:")[1]).toBe(before);
  await expectInStep(lockstep);
  await steps(page).getByRole("button", { name: "Done" }).click();
  await page.goto("/");
  await expectLive(page);
  await expect(page.getByRole("button", { name: "First steps" })).toHaveCount(0);
  lockstep.write(original);
});

test("the first steps are skipped, found again under Help, and fit a phone", async ({ browser }) => {
  const page = await signedIn(browser, lockstep, "/conflicts", { viewport: PHONE });
  await page.getByRole("link", { name: "What is a conflict?" }).click();
  await expect(page).toHaveURL(/\/help#conflict$/);
  await expect(page.getByRole("heading", { name: "Conflict", exact: true })).toBeInViewport();
  await expectAccessible(page);
  await expectFitsWidth(page);
  await page.getByRole("button", { name: "First steps" }).click();
  await expect(steps(page)).toBeVisible();
  await expectFitsWidth(page);
  await expectAccessible(page);
  await steps(page).getByRole("button", { name: "Skip" }).click();
  await expect(steps(page)).toHaveCount(0);
});

test("the manual is read in the interface, from the proof to the rule that it names, also on a phone", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep, "/help", { viewport: PHONE });
  await page.getByRole("paragraph").getByRole("link", { name: "The proof" }).click();
  await expect(page.getByRole("heading", { name: "The proof", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What is claimed" })).toBeVisible();
  await expectFitsWidth(page);
  await expectAccessible(page);
  await page.getByRole("link", { name: "the specification" }).click();
  await expect(page).toHaveURL(/\/help\/spec#exceptions$/);
  await expect(page.getByRole("heading", { name: "What a sync decides", level: 1 })).toBeVisible();
  await expect(page.locator("#exceptions")).toBeInViewport();
  await page.goto(`${lockstep.url}/help/troubleshooting`);
  await expect(page.getByRole("cell", { name: "file_unsettled" })).toBeVisible();
  await expectFitsWidth(page);
  await page.goto(`${lockstep.url}/help/nothing`);
  await expect(page.getByText(/not found|no such page/i).first()).toBeVisible();
});
