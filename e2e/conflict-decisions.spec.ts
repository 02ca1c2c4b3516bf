import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import {
  agree,
  apply,
  dialog,
  disagree,
  field,
  noConflicts,
  openConflicts,
  openFirst,
  row,
  sync,
  yamlLines,
} from "./support/conflicts.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { expectFitsWidth, signedIn } from "./support/page.ts";
import { test } from "./support/test.ts";

let lockstep: Lockstep;
let page: Page;

test.beforeAll(async ({ browser, manual }) => {
  ({ lockstep, page } = await openConflicts(browser, manual));
  await page.setViewportSize({ width: 1280, height: 860 });
});
test.afterAll(() => page.context().close());
test.beforeEach(() => agree(lockstep));

/** Both sides change the description, the retries and the schedule; the database also changes the status. */
async function disagreeOnThree(): Promise<void> {
  lockstep.replace("Check that every service answers", "Check that all services answer quickly");
  lockstep.replace("retries: 3", "retries: 4");
  lockstep.replace('"0 * * * *"', '"5 * * * *"');
  await lockstep.sql(
    `UPDATE tasks SET description = 'Check that every service answers twice', status = 'paused',
            schedule_cron = '10 * * * *', params = '{"retries": 5, "timeout_seconds": 10}' WHERE id = '2'`,
  );
  await sync(lockstep);
}

const applyButton = (on: Page) => dialog(on).getByRole("button", { name: /Apply/ });
const pickSide = (name: string, side: RegExp) => field(page, name).getByRole("radio", { name: side }).click();

test("is named by its task, decides nothing by itself, and applies when every field is decided", async () => {
  await disagreeOnThree();
  await openFirst(page);
  await expect(dialog(page).getByRole("heading", { level: 2 })).toContainText("health-check");
  await expect(dialog(page)).toContainText("0 of 3 decided");
  for (const name of ["description", "schedule_cron", "params.retries"])
    await expect(field(page, name).getByRole("radio", { checked: true })).toHaveCount(0);
  await pickSide("description", /YAML file/);
  await expect(dialog(page)).toContainText("1 of 3 decided");
  await pickSide("schedule_cron", /Database/);
  await expect(dialog(page)).toContainText("2 of 3 decided");
  // The result is in sight already, and Enter does nothing yet.
  await expect(yamlLines(page)).toContainText("10 * * * *");
  await page.keyboard.press("Enter");
  await expect(applyButton(page)).toHaveAttribute("aria-disabled", "true");
  await pickSide("params.retries", /Database/);
  await expect(dialog(page)).toContainText("3 of 3 decided");
  await apply(page);
  await noConflicts(page);
  expect(await row(lockstep)).toMatchObject({
    description: "Check that all services answer quickly",
    status: "paused",
    params: { retries: 5 },
  });
  expect(lockstep.read()).toContain('"10 * * * *"');
  await expectInStep(lockstep);
});

test("nothing moves by choosing, and the result stays in sight", async () => {
  await disagreeOnThree();
  await openFirst(page);
  const head = dialog(page).locator('[data-field="description"]');
  await expect(yamlLines(page)).toBeInViewport();
  const before = await head.boundingBox();
  for (const choice of [/Keep YAML/, /Keep database/, /Merge/]) {
    await dialog(page).getByRole("button", { name: choice }).click();
    await expect(applyButton(page)).toHaveAttribute("aria-disabled", "false");
    expect(await head.boundingBox()).toEqual(before);
    await expect(head).toBeInViewport();
    await expect(yamlLines(page)).toBeInViewport();
  }
});

test("a side that is kept says what else it resets, and can leave that alone", async () => {
  await disagree(lockstep);
  await openFirst(page);
  const keep = dialog(page).getByRole("button", { name: /Keep YAML/ });
  await expect(keep).toContainText("Also resets status");
  await keep.click();
  await expect(field(page, "status").getByRole("radio", { name: /YAML file/ })).toBeChecked();
  await dialog(page).getByRole("checkbox", { name: "Keep the other side’s edit of status" }).click();
  await expect(field(page, "status").getByRole("radio", { name: /Database/ })).toBeChecked();
  await apply(page);
  await noConflicts(page);
  expect(await row(lockstep)).toMatchObject({
    description: "Check that all services answer quickly",
    status: "paused",
    params: { timeout_seconds: 20 },
  });
  await expectInStep(lockstep);
});

test("both edits can be kept, and what is typed counts without another click", async () => {
  await disagree(lockstep);
  await openFirst(page);
  await dialog(page).getByRole("button", { name: "Keep both of description" }).click();
  const value = dialog(page).getByRole("textbox", { name: "Value for description" });
  await expect(value).toHaveValue("Check that all services answer quickly twice");
  await expect(dialog(page)).toContainText("1 of 1 decided");
  await value.fill("Check all services twice, quickly");
  await apply(page);
  await noConflicts(page);
  expect((await row(lockstep))?.description).toBe("Check all services twice, quickly");
  expect(lockstep.read()).toContain("Check all services twice, quickly # keep short");
});

test("text that is no value yet keeps Apply closed, and Escape gives the former pick back", async () => {
  await disagreeOnThree();
  await openFirst(page);
  await dialog(page).getByRole("button", { name: /Merge/ }).click();
  await dialog(page).getByRole("button", { name: "Edit the value of params.retries" }).click();
  const value = dialog(page).getByRole("textbox", { name: "Value for params.retries" });
  await value.fill("six");
  await expect(dialog(page)).toContainText("2 of 3 decided");
  await expect(applyButton(page)).toHaveAttribute("aria-disabled", "true");
  await value.press("Escape");
  await expect(dialog(page)).toContainText("3 of 3 decided");
  await expect(yamlLines(page)).toContainText("retries: 4");
});

test("Enter right after a choice counts", async () => {
  await disagree(lockstep);
  await openFirst(page);
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await noConflicts(page);
  expect((await row(lockstep))?.description).toBe("Check that every service answers twice");
});

test("long lists and addresses are folded, differences within them are marked, and nothing is wider than the dialog", async () => {
  const list = (extra: string) =>
    Array.from(
      { length: 50 },
      (_, i) => `https://example.com/${"path/".repeat(20)}${i}${i === 30 ? extra : ""}`,
    );
  const withHosts = (hosts: string[]) => `params:\n      hosts: [${hosts.join(", ")}]\n      retries: 3`;
  lockstep.replace("params:\n      retries: 3", withHosts(list("")));
  await sync(lockstep);
  lockstep.replace(withHosts(list("")), withHosts(list("-file")));
  await lockstep.sql(
    "UPDATE tasks SET params = params || jsonb_build_object('hosts', $1::jsonb) WHERE id = '2'",
    [JSON.stringify(list("-database"))],
  );
  await sync(lockstep);
  await openFirst(page);
  const cell = field(page, "params.hosts").getByRole("radio", { name: /YAML file/ });
  const folded = await cell.boundingBox();
  await field(page, "params.hosts").getByRole("button", { name: "Show all (50 entries)" }).first().click();
  expect((await cell.boundingBox())!.height).toBeGreaterThan(folded!.height * 2);
  await expect(cell.locator("mark")).toHaveText("-file");
  await expectAccessible(page, "a conflict with long values");
  const isWider = await dialog(page).evaluate((element) => element.scrollWidth > element.clientWidth);
  expect(isWider).toBe(false);
});

for (const [what, viewport] of [
  ["on a phone", { width: 390, height: 844 }],
  ["at 200 %", { width: 640, height: 430 }],
] as const) {
  test(`${what}, a conflict is decided with its result one tap away`, async ({ browser }) => {
    await disagreeOnThree();
    const small = await signedIn(browser, lockstep, "/", { viewport });
    await openFirst(small);
    await expectFitsWidth(small);
    await dialog(small)
      .getByRole("button", { name: /Keep database/ })
      .click();
    await dialog(small).getByRole("tab", { name: "Result" }).click();
    await expect(yamlLines(small)).toContainText("10 * * * *");
    await expectFitsWidth(small);
    await expectAccessible(small, `the result ${what}`);
    await apply(small);
    await noConflicts(small);
    expect((await row(lockstep))?.description).toBe("Check that every service answers twice");
    await small.context().close();
  });
}
