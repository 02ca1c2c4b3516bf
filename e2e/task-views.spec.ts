import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { expectFitsWidth, expectLive, PHONE, signedIn } from "./support/page.ts";
import { addUser, signIn } from "./support/sign-in.ts";
import { test } from "./support/test.ts";

const SIZE = { width: 1280, height: 860 };

let lockstep: Lockstep;
test.beforeAll(async ({ automatic }) => {
  lockstep = await automatic.fresh();
});
test.beforeEach(() => lockstep.sql("DELETE FROM saved_views"));

const rows = (page: Page) => page.locator("[role=row][data-task]");
const views = (page: Page) =>
  page.getByRole("search").getByRole("button", { name: /^(Views|Paused|Asleep)/ });
const item = (page: Page, name: string | RegExp) => page.getByRole("menuitem", { name });
const choice = (page: Page, name: string | RegExp) => page.getByRole("menuitemradio", { name });
const naming = (page: Page) => page.getByRole("dialog");

test("what is shown is saved as a view, chosen, changed, renamed, removed and brought back", async ({
  browser,
}) => {
  await lockstep.call("PATCH /api/tasks/:id", { params: { id: "3" }, body: { status: "paused" } });
  const page = await signedIn(browser, lockstep, "/?status=paused&sort=-skill", { viewport: SIZE });
  await views(page).click();
  await item(page, "Save as a view…").click();
  await expect(naming(page).getByLabel("Name")).toBeFocused();
  await expectAccessible(page, "the dialog of a view's name");
  await naming(page).getByLabel("Name").fill("Paused");
  await naming(page).getByRole("button", { name: "Save" }).click();
  await expect(naming(page)).toHaveCount(0);
  await expect(views(page)).toHaveText("Paused");

  await views(page).click();
  await choice(page, "All tasks").click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page).toHaveURL(/\/$/);
  await views(page).click();
  await choice(page, "Paused").click();
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/\?status=paused&sort=-skill$/);
  // The address alone says which view it is.
  await page.reload();
  await expect(views(page)).toHaveText("Paused");

  await views(page).click();
  await choice(page, "Paused").click();
  await page.getByRole("searchbox").fill("report");
  await expect(views(page)).toHaveText("Pausededited");
  await views(page).click();
  await item(page, "Save the changes").click();
  await expect(views(page)).toHaveText("Paused");
  await views(page).click();
  await item(page, "Rename or share…").click();
  await naming(page).getByLabel("Name").fill("Asleep");
  await page.keyboard.press("Enter");
  await expect(views(page)).toHaveText("Asleep");

  await views(page).click();
  await item(page, "Remove this view").click();
  await expect(views(page)).toHaveText("Views");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(views(page)).toHaveText("Asleep");
  const [saved] = await lockstep.sql("SELECT name, query FROM saved_views");
  expect(saved).toEqual({ name: "Asleep", query: "q=report&status=paused&sort=-skill" });
});

test("the keyboard alone saves and chooses a view, and the focus comes back to the menu's button", async ({
  browser,
}) => {
  const page = await signedIn(browser, lockstep, "/?sort=next", { viewport: SIZE });
  await expect(views(page)).toBeEnabled();
  await views(page).focus();
  await page.keyboard.press("Enter");
  await expect(choice(page, "All tasks")).toBeFocused();
  await page.keyboard.type("sa");
  await expect(item(page, "Save as a view…")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(naming(page).getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Paused");
  await page.keyboard.press("Enter");
  await expect(naming(page)).toHaveCount(0);
  await expect(views(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(choice(page, "Paused")).toHaveAttribute("aria-checked", "true");
  await page.keyboard.press("Escape");
  await expect(views(page)).toBeFocused();
});

test("a name is taken once, and a view is shared with everyone, by an editor", async ({ browser }) => {
  const page = await signedIn(browser, lockstep, "/?status=active", { viewport: SIZE });
  for (const attempt of [1, 2]) {
    await views(page).click();
    await item(page, "Save as a view…").click();
    await naming(page).getByLabel("Name").fill("Paused");
    if (attempt === 1) await naming(page).getByText("Show it to everyone").click();
    await naming(page).getByRole("button", { name: "Save" }).click();
    if (attempt === 1) await expect(naming(page)).toHaveCount(0);
  }
  await expect(naming(page)).toContainText("Is already the name of one of your views.");

  const context = await browser.newContext({
    baseURL: lockstep.url,
    viewport: PHONE,
    reducedMotion: "reduce",
  });
  await signIn(context, lockstep, await addUser(lockstep, "viewer"));
  const phone = await context.newPage();
  await phone.goto("/");
  await expectLive(phone);
  await views(phone).click();
  await choice(phone, /^Paused/).click();
  await expect(phone).toHaveURL(/\?status=active$/);
  await expect(views(phone)).toHaveText("Paused");
  await expectFitsWidth(phone);
  await views(phone).click();
  await expect(item(phone, "Remove this view")).toHaveCount(0);
  await expect(item(phone, "Rename or share…")).toHaveCount(0);
  await item(phone, "Save as a view…").click();
  await expect(naming(phone).getByText("Show it to everyone")).toHaveCount(0);
  await expectAccessible(phone, "the dialog of a view's name on a phone");
  await expectFitsWidth(phone);
});

test("a link to the view has all of it", async ({ browser }) => {
  const page = await signedIn(browser, lockstep, "/?q=report&columns=skill.300,next", { viewport: SIZE });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await views(page).click();
  await item(page, "Copy a link to this view").click();
  await expect(page.getByText("Link copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${lockstep.url}/?q=report&columns=skill.300%2Cnext`,
  );
});
