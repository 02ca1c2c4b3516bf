import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectInStep } from "./support/in-step.ts";
import { Lockstep } from "./support/lockstep.ts";
import { signIn } from "./support/sign-in.ts";
import { until } from "./support/until.ts";

const SCHEDULE = `# Jobs of the platform team.
tasks:
  # Every night.
  - id: 1
    skill_name: daily-backup
    schedule_cron: "0 2 * * *" # at two
    description: Back up the production database
    params:
      keep_days: 30

  # Cheap, so it may run often.
  - id: 2
    skill_name: health-check
    schedule_cron: "0 * * * *"
    status: active
    description: Check that every service answers # keep short
    params:
      retries: 3
      timeout_seconds: 10

  - id: 3
    skill_name: weekly-report
    schedule_cron: "0 8 * * 1"
    description: Send the weekly report
`;

let lockstep: Lockstep;
let page: Page;

test.beforeAll(async ({ browser }) => {
  // Off, so that the tests say when the sides are compared, and not a race of theirs with the watcher.
  lockstep = await Lockstep.start({ AUTO_SYNC_ENABLED: "false" }, SCHEDULE);
  page = await signedIn(browser);
});
test.afterAll(() => lockstep.stop());
test.beforeEach(async () => {
  // Whatever the test before left in disagreement ends first.
  await sync();
  await lockstep.api("POST", "/api/sync/conflicts/resolve", { conflict_ids: "all", choice: "keep_yaml" });
  lockstep.write(SCHEDULE);
  await sync();
  await expectInStep(lockstep);
});

async function signedIn(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  const opened = await (await browser.newContext(options)).newPage();
  await signIn(opened.context(), lockstep);
  await opened.goto(lockstep.url);
  return opened;
}

const sync = (body: object = {}) => lockstep.api("POST", "/api/sync/trigger", body);
const row = async (id = "2") =>
  (
    await lockstep.sql<{ description: string; status: string; params: object }>(
      "SELECT description, status, params FROM tasks WHERE id = $1",
      [id],
    )
  )[0];

/** Task 2: both change the description; the file a timeout besides, the database the status. */
async function disagree(): Promise<void> {
  lockstep.replace("Check that every service answers", "Check that all services answer quickly");
  lockstep.replace("timeout_seconds: 10", "timeout_seconds: 20");
  await lockstep.sql(
    "UPDATE tasks SET description = 'Check that every service answers twice', status = 'paused' WHERE id = '2'",
  );
  await sync();
}

/** The file deletes task 3, which the database has changed. */
async function disagreeOnDeletion(): Promise<void> {
  lockstep.write(lockstep.read().replace(/\n {2}- id: 3[^]*$/, ""));
  await lockstep.sql("UPDATE tasks SET description = 'Still wanted' WHERE id = '3'");
  await sync();
}

async function disagreeOnBackup(): Promise<void> {
  lockstep.replace("keep_days: 30", "keep_days: 60");
  await lockstep.sql(`UPDATE tasks SET params = '{"keep_days": 90}' WHERE id = '1'`);
  await sync();
}

const inbox = (on = page) => on.getByRole("list", { name: "Open conflicts, oldest first" });
const dialog = (on = page) => on.getByRole("dialog");
const field = (name: string, on = page) => dialog(on).getByRole("radiogroup", { name, exact: true });
const yamlLines = (on = page) =>
  dialog(on).getByRole("region", { name: "Lines of the task in the YAML file" });
const resultingRow = (on = page) => dialog(on).getByLabel("The database row that results");
const noConflicts = (on = page) => expect(on.getByText("No conflicts", { exact: true })).toBeVisible();

async function openFirst(on = page): Promise<void> {
  await on.goto(`${lockstep.url}/conflicts`);
  await inbox(on).getByRole("button").first().click();
  await expect(dialog(on)).toBeVisible();
}

async function apply(on = page): Promise<void> {
  const button = dialog(on).getByRole("button", { name: "Apply" });
  await expect(button).toHaveAttribute("aria-disabled", "false");
  await button.click();
}

test("a conflict appears in the inbox by itself, and a quiet notice elsewhere takes no focus", async () => {
  await page.goto(`${lockstep.url}/`);
  const focused = page.getByRole("link", { name: /Lockstep/ }).first();
  await focused.focus();
  await disagree();
  await expect(page.getByText("Task 2 is in conflict")).toBeVisible();
  await expect(focused).toBeFocused();
  await page.getByRole("button", { name: "Look" }).click();
  await expect(dialog()).toContainText("Task 2");
  await page.keyboard.press("Escape");
  await expect(inbox().getByRole("listitem")).toHaveCount(1);
  await disagreeOnBackup();
  await expect(inbox().getByRole("listitem")).toHaveCount(2);
  await expect(inbox().getByRole("listitem").first()).toContainText("Task 2");
});

test("side by side: who and when, what differs within the values, equal fields folded, runtime fields labelled", async () => {
  await disagree();
  await openFirst();
  await expect(
    field("description").getByRole("radio", { name: /YAML file: Check that all services answer quickly/ }),
  ).toBeVisible();
  await expect(
    field("description")
      .getByRole("radio", { name: /YAML file/ })
      .locator("mark")
      .first(),
  ).toHaveText("all services answer quickly");
  await expect(
    field("description")
      .getByRole("radio", { name: /Database/ })
      .locator("mark"),
  ).toHaveText(/twice/);
  await expect(field("params.timeout_seconds")).toContainText("20");
  await expect(dialog().locator('[data-field="status"]')).toContainText("runtime");
  await expect(dialog()).toContainText(/Held on both sides/);
  await expect(
    dialog()
      .getByText(/by .*\(SQL\)/)
      .filter({ visible: true }),
  ).toHaveCount(1);
  await expect(dialog().getByText("weekly", { exact: false })).toHaveCount(0);
  const folded = dialog().getByRole("button", { name: /fields are the same/ });
  await expect(dialog().getByText("health-check")).toHaveCount(0);
  await folded.click();
  await expect(dialog().getByText("health-check").first()).toBeVisible();
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
  test(`${choice}: shows the exact lines and row before, writes exactly those, and can be undone`, async () => {
    await disagree();
    const before = { text: lockstep.read(), row: await row() };
    await openFirst();
    await expect(dialog().getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "true");
    await dialog()
      .getByRole("button", { name: new RegExp(`^\\d? ?${choice}`) })
      .click();
    await expect(resultingRow()).toContainText(wanted.description);
    await expect(yamlLines()).toContainText(wanted.description);
    const lines = await yamlLines()
      .locator("li")
      .evaluateAll((items) => items.map((item) => item.textContent ?? ""));
    expect(lockstep.read()).toBe(before.text);
    await apply();
    await noConflicts();
    expect(await row()).toMatchObject(wanted);
    await expectInStep(lockstep);
    const now = lockstep.read().split("\n");
    for (const line of lines.filter((each) => !each.includes("removed: "))) {
      const [, number = "", text = ""] = /^(\d+)[ +]+(?:added: )?(.*)$/.exec(line) ?? [];
      expect(now[Number(number) - 1]?.trim()).toBe(text.trim());
    }
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("the conflict is open again")).toBeVisible();
    await expect(inbox().getByRole("listitem")).toHaveCount(1);
    expect(await row()).toEqual(before.row);
    expect(lockstep.read()).toBe(before.text);
  });
}

test("field by field, with a value of one's own, which is checked before it can be applied", async () => {
  await disagree();
  await openFirst();
  await field("description")
    .getByRole("radio", { name: /Database/ })
    .click();
  await expect(field("description").getByRole("radio", { name: /Database/ })).toBeChecked();
  await dialog().getByRole("button", { name: "Edit the value of params.timeout_seconds" }).click();
  const value = dialog().getByRole("textbox", { name: "Value for params.timeout_seconds" });
  await value.fill("fifteen");
  await expect(dialog().getByText("Not JSON yet")).toBeVisible();
  await value.fill("15");
  await value.press("Enter");
  await expect(yamlLines()).toContainText("timeout_seconds: 15");
  await expect(field("params.timeout_seconds").getByRole("radio", { name: /YAML file/ })).toBeFocused();
  await apply();
  await noConflicts();
  expect(await row()).toMatchObject({
    description: "Check that every service answers twice",
    status: "paused",
    params: { timeout_seconds: 15 },
  });
  expect(lockstep.read()).toContain("answers twice # keep short");
  await expectInStep(lockstep);
});

test("a value that makes no valid task is refused in words, before anything is written", async () => {
  await disagree();
  await openFirst();
  await dialog().getByRole("button", { name: "Edit the value of status" }).click();
  await dialog().getByRole("textbox", { name: "Value for status" }).fill("asleep");
  await dialog().getByRole("button", { name: "Use this value" }).click();
  await expect(dialog().getByRole("alert")).toContainText("status");
  await expect(dialog().getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "true");
});

test("a side that changes meanwhile: the dialog says so, shows the new state, and applies nothing that was chosen before", async () => {
  await disagree();
  await openFirst();
  await dialog()
    .getByRole("button", { name: /Keep database/ })
    .click();
  await expect(yamlLines()).toContainText("answers twice");
  await lockstep.sql("UPDATE tasks SET description = 'Newer still' WHERE id = '2'");
  // Nobody has compared the sides since: applying is refused with the conflict as it is now.
  await dialog().getByRole("button", { name: "Apply" }).click();
  await expect(
    dialog()
      .getByRole("alert")
      .filter({ hasText: "changed while you were looking: description in the database" }),
  ).toBeVisible();
  await expect(field("description")).toContainText("Newer still");
  await expect(dialog().getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "true");
  expect(lockstep.read()).toContain("all services answer quickly");
  // And when somebody does compare them, it is shown without a touch.
  lockstep.replace("answer quickly", "answer at once");
  await sync();
  await expect(field("description")).toContainText("answer at once");
  await dialog()
    .getByRole("button", { name: /Keep database/ })
    .click();
  await apply();
  await noConflicts();
  expect(lockstep.read()).toContain("Newer still");
});

test("resolved by someone else meanwhile: the dialog says how, and by whom", async () => {
  await disagree();
  await openFirst();
  const id = new URL(page.url()).searchParams.get("open");
  await lockstep.api("POST", `/api/sync/conflicts/${id}/resolve`, { choice: "keep_yaml" });
  await expect(dialog()).toContainText("Keep YAML by API_TOKEN (token)");
  await page.keyboard.press("Escape");
  await expect(dialog()).toHaveCount(0);
});

test("a deletion against an edit says what each choice does to the task", async () => {
  await disagreeOnDeletion();
  await openFirst();
  await expect(dialog()).toContainText("Deleted in YAML");
  await expect(field("description").getByRole("radio", { name: "YAML file: no task" })).toBeDisabled();
  await dialog()
    .getByRole("button", { name: /Keep YAML.*deletes the row/ })
    .click();
  await expect(dialog().getByText("is deleted")).toBeVisible();
  await dialog().getByRole("button", { name: /Merge/ }).click();
  await expect(yamlLines()).toContainText("Still wanted");
  await apply();
  await noConflicts();
  expect(lockstep.read()).toContain("Still wanted");
  await expectInStep(lockstep);
});

test("one after the other: the next one opens by itself, and the one before can be undone beside it", async () => {
  await disagree();
  await disagreeOnBackup();
  await openFirst();
  await expect(dialog()).toContainText("Task 2");
  await dialog()
    .getByRole("button", { name: /Keep YAML/ })
    .click();
  await apply();
  await expect(dialog()).toContainText("Task 1");
  expect(await row()).toMatchObject({ description: "Check that all services answer quickly" });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("the conflict is open again")).toBeVisible();
  await expect(dialog()).toContainText("Task 1");
  await expect(dialog()).toContainText("1 of 2");
  expect(await row()).toMatchObject({ description: "Check that every service answers twice" });
});

test("many at once: selected, summed up, resolved, undone", async () => {
  await disagree();
  await disagreeOnDeletion();
  await disagreeOnBackup();
  await page.goto(`${lockstep.url}/conflicts`);
  await page.getByRole("searchbox", { name: "Search conflicts" }).fill("keep_days");
  await expect(inbox().getByRole("listitem")).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Search conflicts" }).fill("");
  await page.getByRole("checkbox", { name: "Select all shown" }).click();
  await page.getByRole("button", { name: "Keep YAML" }).click();
  await expect(dialog()).toContainText("Keep YAML in 3 conflicts?");
  await expect(dialog()).toContainText("This deletes 1 task: 3.");
  await dialog().getByRole("button", { name: "Resolve 3" }).click();
  await noConflicts();
  expect(await row("3")).toBeUndefined();
  await expectInStep(lockstep);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("3 conflicts are open again")).toBeVisible();
  await expect(inbox().getByRole("listitem")).toHaveCount(3);
  expect((await row("3"))?.description).toBe("Still wanted");
});

test("by keyboard alone: from the inbox through two conflicts to the end", async () => {
  await disagree();
  await disagreeOnBackup();
  await page.goto(`${lockstep.url}/conflicts`);
  await expect(inbox().getByRole("listitem")).toHaveCount(2);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(dialog()).toContainText("Task 2");
  await page.keyboard.press("j");
  await expect(dialog()).toContainText("Task 1");
  await page.keyboard.press("k");
  await expect(dialog()).toContainText("Task 2");
  // The first field has the focus; right picks the database for it, down goes to the next.
  await page.keyboard.press("ArrowRight");
  await expect(field("description").getByRole("radio", { name: /Database/ })).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await expect(field("status").getByRole("radio", { name: /YAML file/ })).toBeChecked();
  await expect(yamlLines()).toContainText("answers twice");
  await expect(dialog().getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await expect(dialog()).toContainText("Task 1");
  await page.keyboard.press("2");
  await expect(yamlLines()).toContainText("keep_days: 90");
  await expect(dialog().getByRole("button", { name: "Apply" })).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await noConflicts();
  expect(await row()).toMatchObject({
    description: "Check that every service answers twice",
    status: "active",
    params: { timeout_seconds: 20 },
  });
  expect(lockstep.read()).toContain("keep_days: 90");
  await expectInStep(lockstep);
});

test("the YAML of both sides in a merge view, and a link that opens the dialog", async () => {
  await disagree();
  await openFirst();
  await page.goto(page.url());
  await dialog().getByRole("tab", { name: "YAML text" }).click();
  const editors = dialog().locator(".cm-content");
  await expect(editors).toHaveCount(2);
  await expect(editors.first()).toContainText("answer quickly # keep short");
  await expect(editors.last()).toContainText("answers twice # keep short");
});

test("what is over stays to be seen", async () => {
  await disagree();
  await openFirst();
  await dialog().getByRole("button", { name: /Merge/ }).click();
  await apply();
  await noConflicts();
  await page.getByRole("radio", { name: "Past" }).click();
  const past = page.getByRole("list", { name: "Past conflicts" }).getByRole("button").first();
  await expect(past).toContainText("Merge by admin@example.com");
  await past.click();
  await expect(dialog()).toContainText("Check that all services answer quickly");
  await page.keyboard.press("Escape");
});

test("on a phone: everything in reach, nothing wider than the screen", async ({ browser }) => {
  await disagree();
  const phone = await signedIn(browser, {
    viewport: { width: 375, height: 667 },
    hasTouch: true,
    isMobile: true,
  });
  await openFirst(phone);
  const wide = () => phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await wide()).toBeLessThanOrEqual(0);
  await field("description", phone)
    .getByRole("radio", { name: /Database/ })
    .tap();
  await dialog(phone)
    .getByRole("button", { name: /Keep YAML/ })
    .tap();
  await expect(yamlLines(phone)).toContainText("answer quickly");
  expect(await wide()).toBeLessThanOrEqual(0);
  await apply(phone);
  await noConflicts(phone);
  expect(await row()).toMatchObject({ description: "Check that all services answer quickly" });
  await phone.context().close();
});

test("past conflicts come page by page, the last one first", async ({ browser }) => {
  await lockstep.sql(
    `INSERT INTO conflicts (source, task_id, state, kind, fields, reason, revision, closed_at, closed_by)
     SELECT 'default', 'past-' || g, 'closed', 'modify_modify', '{status}', 'both', 'r', now() + g * interval '1 hour', 'run' FROM generate_series(1, 120) g`,
  );
  const page = await signedIn(browser);
  await page.goto(`${lockstep.url}/conflicts`);
  await page.getByText("Past", { exact: true }).click();
  const past = page.getByRole("list", { name: "Past conflicts" }).getByRole("listitem");
  await expect(past.first()).toContainText("past-120");
  await expect(past).toHaveCount(50);
  await page.getByRole("button", { name: "Show older conflicts" }).press("Enter");
  await expect(past.nth(99)).toContainText("past-21");
  await lockstep.sql("DELETE FROM conflicts WHERE task_id LIKE 'past-%'");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the ${colorScheme} theme`, async ({ browser }) => {
    await disagree();
    await disagreeOnDeletion();
    test.slow();
    const themed = await signedIn(browser, { colorScheme });
    const check = async () => {
      // Colours in the middle of a fade are nobody's.
      await until("nothing moves", () =>
        themed.evaluate(() => document.getAnimations().every((each) => each.playState !== "running")),
      );
      expect(
        (await new AxeBuilder({ page: themed }).analyze()).violations.map(({ id, nodes }) => [
          id,
          nodes.map((node) => node.html),
        ]),
      ).toEqual([]);
    };
    await themed.goto(`${lockstep.url}/conflicts`);
    await expect(inbox(themed).getByRole("listitem")).toHaveCount(2);
    await themed.getByRole("checkbox", { name: "Select all shown" }).click();
    await check();
    await openFirst(themed);
    await dialog(themed)
      .getByRole("button", { name: /Keep database/ })
      .click();
    await expect(yamlLines(themed)).toContainText("answers twice");
    await dialog(themed).getByRole("button", { name: "Edit the value of description" }).click();
    await check();
    await dialog(themed).getByRole("tab", { name: "YAML text" }).click();
    await expect(dialog(themed).locator(".cm-content")).toHaveCount(2);
    await check();
    await themed.context().close();
  });
}
