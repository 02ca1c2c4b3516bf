import { expect, type Page } from "@playwright/test";
import { manyTasks } from "../server/testing/many-tasks.ts";
import { expectAccessible } from "./support/axe.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { expectFitsWidth, expectLive, PHONE, signedIn } from "./support/page.ts";
import type { SharedServer } from "./support/shared-server.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

const SMALL = manyTasks(9);
let server: SharedServer;
let lockstep: Lockstep;

test.beforeAll(async ({ automatic }) => {
  server = automatic;
});
test.beforeEach(async () => {
  lockstep = await server.fresh(SMALL);
});

const row = (page: Page, id: string) => page.locator(`[role=row][data-task="${id}"]`);
const dialog = (page: Page) => page.getByRole("dialog");
const notice = (page: Page) => page.getByRole("region", { name: "Action on many tasks" });
const bar = (page: Page) => page.getByRole("toolbar", { name: "Selected tasks" });

async function select(page: Page, from: string, to: string): Promise<void> {
  await page.getByLabel(`Select task ${from}`, { exact: true }).click();
  await page.getByLabel(`Select task ${to}`, { exact: true }).click({ modifiers: ["Shift"] });
}

async function ask(page: Page, action: "Pause" | "Resume" | "Delete"): Promise<void> {
  await bar(page).getByRole("button", { name: action }).click();
}

test("many tasks are deleted with one request after a preview, and one undo survives a reload", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(new URL(request.url()).pathname);
  });
  await select(page, "2", "5");
  await ask(page, "Delete");
  await expect(dialog(page)).toContainText("Delete 4 tasks?");
  await expect(dialog(page)).toContainText("job-5");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(row(page, "2")).toBeVisible();
  await ask(page, "Delete");
  await page.keyboard.press("Enter");
  await expect(notice(page)).toContainText("Deleted 4 tasks");
  await expect(row(page, "2")).toHaveCount(0);
  await expect(page.getByRole("grid", { name: "Tasks" })).toBeFocused();
  expect(sent).toEqual(["/api/bulk-actions"]);
  await until("they are gone from the file", () => !lockstep.read().includes("job-4"));
  await expectInStep(lockstep);
  await expectAccessible(page);

  await page.reload();
  await expectLive(page);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await expect(dialog(page)).toContainText("4 tasks will be as before, with their lines in the file.");
  await dialog(page).getByRole("button", { name: "Put 4 tasks back" }).click();
  await expect(notice(page)).toContainText("Undone: deleted 4 tasks");
  await expect(row(page, "4")).toBeVisible();
  await until("the file is as before", () => lockstep.read() === SMALL);
  await notice(page).getByRole("button", { name: "Close this notice" }).click();
  await page.reload();
  await expectLive(page);
  await expect(notice(page)).toHaveCount(0);
});

test("what others changed meanwhile is left out and named, and the history offers the undo too", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep);
  const call = (id: string, body: object) =>
    lockstep.call("PATCH /api/tasks/:id", { params: { id }, query: { wait: "false" }, body: { ...body } });
  await call("3", { status: "paused" });
  await expect(row(page, "3")).toContainText("paused");
  await select(page, "1", "4");
  await page.route(
    "**/api/bulk-actions",
    async (route) => {
      // The run that carries it has ended then, and does not hold the row any more.
      const body = { description: "changed by another user" };
      await lockstep.call("PATCH /api/tasks/:id", { params: { id: "2" }, body });
      await route.continue();
    },
    { times: 1 },
  );
  await ask(page, "Pause");
  await expect(dialog(page)).toContainText("Pause 3 tasks?");
  await expect(dialog(page)).toContainText("1 task is paused already.");
  await dialog(page).getByRole("button", { name: "Pause 3 tasks" }).click();
  await expect(notice(page)).toContainText("Paused 2 tasks");
  await notice(page).getByText("1 task left out").click();
  await expect(notice(page)).toContainText("It has changed since you looked: 2");
  await expect(row(page, "2")).toContainText("active");
  await expect(row(page, "1")).toContainText("paused");
  await call("4", { status: "failed" });

  await page.goto("/history");
  const actions = page.getByRole("region", { name: "Actions on many tasks" });
  await actions.getByRole("button", { name: "Undo…" }).click();
  await expect(dialog(page)).toContainText("1 task was edited since and stays as it is: 4.");
  await dialog(page).getByRole("button", { name: "Put 1 task back" }).click();
  await expect(actions).toContainText("undone by");
  await expectAccessible(page);
  await until("only the undone task is active again", () => {
    const [first = "", fourth = ""] = [1, 4].map((id) => lockstep.read().split(`- id: ${id}\n`)[1] ?? "");
    return /^.*\n.*\n\s+status: active/.test(first) && /^.*\n.*\n\s+status: failed/.test(fourth);
  });
});

test("a deletion of most tasks says before that the guard holds it, and fits a phone", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep, "/", { viewport: PHONE });
  await select(page, "1", "8");
  await ask(page, "Delete");
  await expect(dialog(page)).toContainText("That is more than half (8 of 9 in default).");
  await expectFitsWidth(page);
  await dialog(page).getByRole("button", { name: "Delete 8 tasks" }).click();
  await expect(notice(page)).toContainText("Not in the file yet: This run would delete 8 of 9 tasks");
  await expectFitsWidth(page);
  await expectAccessible(page);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await dialog(page).getByRole("button", { name: "Put 8 tasks back" }).click();
  await expect(row(page, "8")).toBeVisible();
  await expectInStep(lockstep);
  expect(lockstep.read()).toBe(SMALL);
});

test("five thousand tasks are one request, and the page answers meanwhile", async ({ browser }) => {
  lockstep = await server.fresh(manyTasks(5_000));
  const page = await signedIn(browser, lockstep);
  await expect(page.getByText("5,000", { exact: true })).toBeVisible();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(new URL(request.url()).pathname);
  });
  await page.getByLabel("Select all tasks shown").click();
  await ask(page, "Pause");
  await dialog(page).getByRole("button", { name: "Pause 5,000 tasks" }).click();
  await expect(notice(page)).toBeVisible();
  await page.getByRole("searchbox").fill("job-4999");
  await expect(row(page, "4999")).toBeVisible();
  await expect(row(page, "1")).toHaveCount(0);
  await expect(notice(page)).toContainText("Paused 5,000 tasks", { timeout: 60_000 });
  expect(sent).toEqual(["/api/bulk-actions"]);
  expect(lockstep.read().match(/status: paused/g)).toHaveLength(5_000);
});
