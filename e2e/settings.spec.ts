import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, PHONE, signedIn } from "./support/page.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";

let lockstep: Lockstep;
let admin: Page;
/** The user invited below, in a separate browser. */
let grace: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser, automatic }) => {
  lockstep = await automatic.fresh();
  const viewport = { width: 1280, height: 800 };
  admin = await signedIn(browser, lockstep, "/", { viewport });
  grace = await (await browser.newContext({ baseURL: lockstep.url, viewport })).newPage();
});
test.afterAll(async () => {
  await admin.context().close();
  await grace.context().close();
});

const rowOf = (text: string) => admin.getByRole("main").getByRole("listitem").filter({ hasText: text });

test("an invited user joins in another browser, and reads there why a viewer can change nothing", async () => {
  await admin.getByRole("link", { name: "Settings", exact: true }).click();
  await admin.getByRole("link", { name: "Users" }).click();
  await admin.getByRole("link", { name: "Invite a user" }).click();
  await admin.getByLabel("Email").fill("grace@example.com");
  await admin.getByRole("button", { name: "Make the link" }).click();
  const link = await admin.getByRole("dialog").getByLabel("Send them this link").inputValue();
  await admin.getByRole("button", { name: "Done" }).click();
  await expect(rowOf("grace@example.com")).toContainText("viewer");

  await grace.goto(link);
  await grace.getByLabel("Name").fill("Grace Hopper");
  await grace.getByLabel("Password", { exact: true }).fill("battery staple horse");
  await grace.getByRole("button", { name: "Join" }).click();
  await expect(grace.getByRole("heading", { name: "Tasks" })).toBeVisible();
  await expect(grace.getByRole("button", { name: "New task" })).toHaveCount(0);
  await grace.goto("/?task=2");
  const panel = grace.getByRole("dialog");
  await expect(panel.getByText("View only. Ask an admin for edit access.")).toBeVisible();
  await expect(panel.getByLabel("Description")).toBeDisabled();
  await expect(panel.getByRole("button", { name: "Save" })).toHaveCount(0);

  await grace.goto("/settings");
  await expect(grace.getByRole("navigation", { name: "Settings" }).getByRole("link")).toHaveText(["Profile"]);
  await grace.goto("/settings/tokens");
  await expect(grace.getByText("API tokens are for admins")).toBeVisible();
});

test("a new role takes effect at once on open pages, and the last admin stays one and reads why", async () => {
  await grace.goto("/");
  await expect(grace.getByText("Live", { exact: true })).toBeVisible();
  await admin.goto("/settings/users");
  await rowOf("grace@example.com").getByRole("combobox").click();
  await admin.getByRole("option", { name: "Editor" }).click();
  await expect(rowOf("grace@example.com").getByRole("combobox")).toHaveText("Editor");
  await expect(grace.getByRole("button", { name: "New task" })).toBeVisible();

  await rowOf("admin@example.com").getByRole("combobox").click();
  await admin.getByRole("option", { name: "Viewer" }).click();
  await expect(admin.getByText(/is the last admin/)).toBeVisible();
  await expect(rowOf("admin@example.com").getByRole("combobox")).toHaveText("Admin");
});

test("a new token works in a script until it is revoked", async ({ request }) => {
  await admin.goto("/settings/tokens");
  await admin.getByLabel("Name").fill("deploy");
  await admin.getByRole("combobox", { name: "Role" }).click();
  await admin.getByRole("option", { name: "Editor" }).click();
  await admin.getByRole("button", { name: "Make the token" }).click();
  const dialog = admin.getByRole("dialog");
  const secret = await dialog.getByLabel("Token", { exact: true }).inputValue();
  expect(await dialog.getByLabel("For example").inputValue()).toContain(`Bearer ${secret}`);
  await expectAccessible(admin, "a secret shown once");
  await dialog.getByRole("button", { name: "Done" }).click();

  const edit = () =>
    request.patch(`${lockstep.url}/api/tasks/2`, {
      headers: { authorization: `Bearer ${secret}` },
      data: { description: "By a script" },
    });
  expect((await edit()).status()).toBe(200);
  await rowOf("deploy").getByRole("button", { name: "Revoke deploy" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(rowOf("deploy")).toContainText("Revoked");
  expect((await edit()).status()).toBe(401);

  await admin.goto("/audit");
  await expect(
    admin.getByRole("article", { name: "admin@example.com revoked the API token deploy" }),
  ).toBeVisible();
  await expect(admin.getByRole("article", { name: "deploy changed description of task 2" })).toContainText(
    "(token)",
  );
  await grace.goto("/audit");
  await expect(grace.getByRole("article", { name: "deploy changed description of task 2" })).toBeVisible();
  await expect(grace.getByRole("article", { name: /API token/ })).toHaveCount(0);
  await expect(grace.getByText("127.0.0.1")).toHaveCount(0);
});

test("users change their own name, password and sessions", async () => {
  await grace.goto("/settings");
  await grace.getByLabel("Name").fill("Rear Admiral Hopper");
  await grace.getByRole("button", { name: "Save the name" }).click();
  await admin.goto("/settings/users");
  await expect(rowOf("Rear Admiral Hopper")).toBeVisible();

  await grace.getByLabel("Current password").fill("not the password");
  await grace.getByLabel("New password").fill("another long password");
  await grace.getByRole("button", { name: "Change the password" }).click();
  await expect(grace.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await grace.getByLabel("Current password").fill("battery staple horse");
  await grace.getByLabel("New password").fill("another long password");
  await grace.getByRole("button", { name: "Change the password" }).click();
  await expect(grace.getByText("Your password is changed")).toBeVisible();
  await expect(grace.getByText("This one")).toBeVisible();
});

test("a disabled user is signed out at once, and can return with a link for a new password", async () => {
  await rowOf("grace@example.com").getByRole("button", { name: "More about grace@example.com" }).click();
  await admin.getByRole("menuitem", { name: "Disable…" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(rowOf("grace@example.com")).toContainText("Disabled");
  await expect(grace.getByRole("heading", { name: "Sign in to Lockstep" })).toBeVisible();

  await rowOf("grace@example.com").getByRole("button", { name: "More about grace@example.com" }).click();
  await admin.getByRole("menuitem", { name: "Enable" }).click();
  await expect(rowOf("grace@example.com")).not.toContainText("Disabled");
  await rowOf("grace@example.com").getByRole("button", { name: "More about grace@example.com" }).click();
  await admin.getByRole("menuitem", { name: "Link for a new password…" }).click();
  const link = await admin.getByRole("dialog").getByLabel("Send them this link").inputValue();
  await admin.getByRole("button", { name: "Done" }).click();
  await grace.goto(link);
  await grace.getByLabel("Password", { exact: true }).fill("one more long password");
  await grace.getByRole("button", { name: "Set the password" }).click();
  await expect(grace.getByRole("heading", { name: "Tasks" })).toBeVisible();

  await rowOf("grace@example.com").getByRole("button", { name: "More about grace@example.com" }).click();
  await admin.getByRole("menuitem", { name: "Sessions…" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "End all of them" }).click();
  await expect(grace.getByRole("heading", { name: "Sign in to Lockstep" })).toBeVisible();
});

test("axe finds nothing, wide and on a phone", async () => {
  test.setTimeout(120_000);
  for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
    await admin.setViewportSize(viewport);
    for (const [path, heading] of [
      ["/settings", "Sessions"],
      ["/settings/users", "Users"],
      ["/settings/invitations", "Open invitations"],
      ["/settings/tokens", "Tokens"],
    ] as const) {
      await admin.goto(path);
      await expect(admin.getByRole("heading", { name: heading, exact: true })).toBeVisible();
      await expect(admin.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
      await expectAccessible(admin, path);
      await expectFitsWidth(admin);
    }
  }
  // On a phone the settings are in the account menu.
  await admin.goto("/");
  await admin
    .getByRole("button", { name: /^Account/ })
    .first()
    .click();
  await admin.getByRole("menuitem", { name: "Audit" }).click();
  await expect(admin.getByRole("heading", { name: "Audit" })).toBeVisible();
});
