import { expect, type Page } from "@playwright/test";
import {
  agree,
  apply,
  dialog,
  disagree,
  disagreeOnDeletion,
  field,
  inbox,
  noConflicts,
  openConflicts,
  openFirst,
  resultingRow,
  row,
  sync,
  yamlLines,
} from "./support/conflicts.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";

let lockstep: Lockstep;
let page: Page;

test.beforeAll(async ({ browser, manual }) => {
  ({ lockstep, page } = await openConflicts(browser, manual));
});
test.afterAll(() => page.context().close());
test.beforeEach(() => agree(lockstep));

test("both sides show who changed them and when, with differences marked, equal fields folded and runtime fields labelled", async () => {
  await disagree(lockstep);
  await openFirst(page);
  await expect(
    field(page, "description").getByRole("radio", {
      name: /YAML file: Check that all services answer quickly/,
    }),
  ).toBeVisible();
  await expect(
    field(page, "description")
      .getByRole("radio", { name: /YAML file/ })
      .locator("mark")
      .first(),
  ).toHaveText("all services answer quickly");
  await expect(
    field(page, "description")
      .getByRole("radio", { name: /Database/ })
      .locator("mark"),
  ).toHaveText(/twice/);
  await expect(field(page, "params.timeout_seconds")).toContainText("20");
  await expect(dialog(page).locator('[data-field="status"]')).toContainText("runtime");
  await expect(dialog(page)).toContainText("Nothing is written until you decide");
  await expect(dialog(page)).toContainText(/the database .*by .*\(SQL\)/);
  await expect(dialog(page).getByText("weekly", { exact: false })).toHaveCount(0);
  const folded = dialog(page).getByRole("button", { name: /fields are the same/ });
  // The resulting row has the name as well.
  const names = dialog(page).locator("dt").filter({ hasText: "skill_name", visible: true });
  await expect(names).toHaveCount(1);
  await folded.click();
  await expect(names).toHaveCount(2);
});

const WAYS = [
  [
    "Keep YAML",
    {
      description: "Check that all services answer quickly",
      status: "active",
      params: { retries: 3, timeout_seconds: 20 },
    },
  ],
  [
    "Keep database",
    {
      description: "Check that every service answers twice",
      status: "paused",
      params: { retries: 3, timeout_seconds: 10 },
    },
  ],
  [
    "Merge",
    {
      description: "Check that all services answer quickly",
      status: "paused",
      params: { retries: 3, timeout_seconds: 20 },
    },
  ],
] as const;

for (const [choice, wanted] of WAYS) {
  test(`${choice}: shows the exact lines and row first, writes exactly those, and can be undone`, async () => {
    await disagree(lockstep);
    const before = { text: lockstep.read(), row: await row(lockstep) };
    const refused: string[] = [];
    page.on("response", (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
    });
    await openFirst(page);
    await expect(dialog(page).getByRole("button", { name: "Apply" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await dialog(page)
      .getByRole("button", { name: new RegExp(`^\\d? ?${choice}`) })
      .click();
    await expect(
      dialog(page).getByText("Apply writes exactly this.").filter({ visible: true }),
    ).toBeVisible();
    await expect(resultingRow(page)).toContainText(wanted.description);
    await expect(yamlLines(page)).toContainText(wanted.description);
    const lines = await yamlLines(page)
      .locator("li")
      .evaluateAll((items) => items.map((item) => item.textContent ?? ""));
    expect(lockstep.read()).toBe(before.text);
    await apply(page);
    await noConflicts(page);
    await expect(page.getByText(`health-check resolved: ${choice}`)).toBeVisible();
    expect(await row(lockstep)).toMatchObject(wanted);
    await expectInStep(lockstep);
    const now = lockstep.read().split("\n");
    for (const line of lines.filter((each) => !each.includes("removed: "))) {
      const [, number = "", text = ""] = /^(\d+)[ +]+(?:added: )?(.*)$/.exec(line) ?? [];
      expect(now[Number(number) - 1]?.trim()).toBe(text.trim());
    }
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("the conflict is open again")).toBeVisible();
    await expect(inbox(page).getByRole("listitem")).toHaveCount(1);
    expect(await row(lockstep)).toEqual(before.row);
    expect(lockstep.read()).toBe(before.text);
    expect(refused, "what the server refused").toEqual([]);
  });
}

test("a person can choose field by field and write another value, which is checked before it can be applied", async () => {
  await disagree(lockstep);
  await openFirst(page);
  await field(page, "description")
    .getByRole("radio", { name: /Database/ })
    .click();
  await expect(field(page, "description").getByRole("radio", { name: /Database/ })).toBeChecked();
  await dialog(page).getByRole("button", { name: "Edit the value of params.timeout_seconds" }).click();
  const value = dialog(page).getByRole("textbox", { name: "Value for params.timeout_seconds" });
  await value.fill("fifteen");
  await expect(dialog(page).getByText("Not JSON yet")).toBeVisible();
  await value.fill("15");
  await value.press("Enter");
  await expect(yamlLines(page)).toContainText("timeout_seconds: 15");
  await expect(field(page, "params.timeout_seconds").getByRole("radio", { name: /YAML file/ })).toBeFocused();
  await apply(page);
  await noConflicts(page);
  expect(await row(lockstep)).toMatchObject({
    description: "Check that every service answers twice",
    status: "paused",
    params: { timeout_seconds: 15 },
  });
  expect(lockstep.read()).toContain("answers twice # keep short");
  await expectInStep(lockstep);
});

test("a value that makes no valid task is refused with a reason, before anything is written", async () => {
  await disagree(lockstep);
  await openFirst(page);
  await dialog(page).getByRole("button", { name: "Edit the value of status" }).click();
  await dialog(page).getByRole("textbox", { name: "Value for status" }).fill("asleep");
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("status");
  await expect(dialog(page).getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "true");
});

test("when a side changes meanwhile, the dialog says so, shows the new state, and drops the earlier choice", async () => {
  await disagree(lockstep);
  await openFirst(page);
  await dialog(page)
    .getByRole("button", { name: /Keep database/ })
    .click();
  await expect(yamlLines(page)).toContainText("answers twice");
  await lockstep.sql("UPDATE tasks SET description = 'Newer still' WHERE id = '2'");
  // No run has compared the sides since, so the request is refused and the answer has the present conflict.
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(
    dialog(page)
      .getByRole("alert")
      .filter({ hasText: "changed while you were looking: description in the database" }),
  ).toBeVisible();
  await expect(field(page, "description")).toContainText("Newer still");
  await expect(dialog(page).getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "true");
  expect(lockstep.read()).toContain("all services answer quickly");
  // The next comparison shows the newer edit in the open dialog by itself.
  lockstep.replace("answer quickly", "answer at once");
  await sync(lockstep);
  await expect(field(page, "description")).toContainText("answer at once");
  await dialog(page)
    .getByRole("button", { name: /Keep database/ })
    .click();
  await apply(page);
  await noConflicts(page);
  expect(lockstep.read()).toContain("Newer still");
});

test("when the conflict was resolved elsewhere meanwhile, the dialog says how and by whom", async () => {
  await disagree(lockstep);
  await openFirst(page);
  const id = new URL(page.url()).searchParams.get("open") ?? "";
  await lockstep.call("POST /api/sync/conflicts/:id/resolve", {
    params: { id },
    body: { choice: "keep_yaml" },
  });
  await expect(dialog(page)).toContainText("Keep YAML by API_TOKEN (token)");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
});

test("for a deletion against an edit, the dialog says what each choice does to the task", async () => {
  await disagreeOnDeletion(lockstep);
  await openFirst(page);
  await expect(dialog(page)).toContainText("Deleted in YAML");
  await expect(dialog(page)).toContainText("The file no longer has this task; it was saved without it");
  await expect(dialog(page)).toContainText("0 of 1 decided");
  await expect(field(page, "description").getByRole("radio", { name: "YAML file: no task" })).toBeDisabled();
  await dialog(page)
    .getByRole("button", { name: /Delete the task.*deletes the row/ })
    .click();
  await expect(dialog(page).getByText("is deleted")).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: /Merge/ })).toHaveCount(0);
  await dialog(page)
    .getByRole("button", { name: /Keep the task/ })
    .click();
  await expect(yamlLines(page)).toContainText("Still wanted");
  await apply(page);
  await noConflicts(page);
  expect(lockstep.read()).toContain("Still wanted");
  await expectInStep(lockstep);
});

test("the text shows the file, the last synced state and the database, and a link opens the dialog", async () => {
  await disagree(lockstep);
  await openFirst(page);
  await page.goto(page.url());
  await dialog(page).getByRole("tab", { name: "YAML text" }).click();
  const pane = (name: string) => dialog(page).getByRole("region", { name: `${name}: lines of the task` });
  await expect(pane("YAML file")).toContainText("answer quickly # keep short");
  await expect(pane("Last synced")).toContainText("every service answers # keep short");
  await expect(pane("Last synced")).toContainText("timeout_seconds: 10");
  await expect(pane("Database, as it would stand in the file")).toContainText("answers twice # keep short");
  // The lines have the numbers that they have in the file.
  const number =
    lockstep
      .read()
      .split("\n")
      .findIndex((line) => line.includes("answer quickly")) + 1;
  const line = pane("YAML file").getByRole("listitem").filter({ hasText: "answer quickly" });
  await expect(line).toContainText(new RegExp(`^${number}`));
});
