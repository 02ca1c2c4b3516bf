import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, expect, type Page } from "@playwright/test";
import { ADMIN, Lockstep } from "./support/lockstep.ts";
import { expectAccessible } from "./support/axe.ts";
import { expectFitsWidth, expectLive, PHONE } from "./support/page.ts";
import { addUser, signIn } from "./support/sign-in.ts";
import { test } from "./support/test.ts";

let lockstep: Lockstep;

test.beforeAll(async () => {
  lockstep = await Lockstep.start({ ADMIN_EMAIL: "", ADMIN_PASSWORD: "" });
});
test.afterAll(async () => {
  await lockstep.stop();
});

const password = (page: Page) => page.getByLabel("Password", { exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

async function newPage(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  return (await browser.newContext({ reducedMotion: "reduce", ...options })).newPage();
}

/** Calls the API from a script of this page. */
const asPage = (page: Page, method: string, path: string, body?: object) =>
  page.evaluate(async ([url, init]) => (await fetch(url, init)).status, [
    path,
    {
      method,
      headers: { "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    },
  ] as const);

test("the link in the terminal creates the first admin, once", async ({ browser }) => {
  const page = await newPage(browser, { viewport: PHONE });
  await page.goto(lockstep.url);
  await expect(heading(page, "There are no users yet")).toBeVisible();
  await expectAccessible(page);

  const link = /Open {2}(\S+\/setup\?token=\S+)/.exec(lockstep.output)?.[1] ?? "";
  await page.goto(link);
  await expect(heading(page, "Welcome to Lockstep")).toBeVisible();
  await expectAccessible(page);
  await expectFitsWidth(page);
  await page.getByLabel("Email").fill(ADMIN.email);
  await password(page).fill("too short");
  await page.getByRole("button", { name: "Create the admin" }).click();
  await expect(page.getByText("Must have at least 12 characters.")).toBeVisible();
  await expect(password(page)).toBeFocused();
  await password(page).fill(ADMIN.password);
  await page.getByRole("button", { name: "Create the admin" }).click();
  await expectLive(page);

  await page.goto(link);
  await expect(heading(page, "This link no longer works")).toBeVisible();
  await expectAccessible(page);
});

test("three invited users may do from their pages what their roles allow", async ({ browser }) => {
  const invited = await lockstep.call("POST /api/invitations", {
    body: {
      email: "editor@example.com",
      role: "editor",
    },
  });
  const editor = await newPage(browser);
  await editor.goto(invited.body.link);
  await expect(heading(editor, "You are invited to Lockstep")).toBeVisible();
  await expect(editor.getByLabel("Email")).toHaveValue("editor@example.com");
  await expectAccessible(editor);
  await editor.getByLabel("Name").fill("Edith");
  await password(editor).fill("battery staple horse");
  await editor.getByRole("button", { name: "Join" }).click();
  await expectLive(editor);

  const pages = { editor, viewer: await newPage(browser), admin: await newPage(browser) };
  await signIn(pages.viewer.context(), lockstep, await addUser(lockstep, "viewer"));
  await signIn(pages.admin.context(), lockstep);
  for (const page of [pages.viewer, pages.admin]) await page.goto(lockstep.url);

  const asked = async (method: string, path: string, body?: object) => [
    await asPage(pages.viewer, method, path, body),
    await asPage(pages.editor, method, path, body),
    await asPage(pages.admin, method, path, body),
  ];
  expect(await asked("GET", "/api/tasks")).toEqual([200, 200, 200]);
  expect(await asked("PATCH", "/api/tasks/1", { description: "by a person" })).toEqual([403, 200, 200]);
  expect(await asked("POST", "/api/sync/trigger", {})).toEqual([403, 200, 200]);
  expect(await asked("POST", "/api/sync/trigger", { force: true, direction: "yaml_to_db" })).toEqual([
    403, 403, 200,
  ]);
  expect(
    await asked("POST", "/api/sync/conflicts/resolve", { conflict_ids: "all", choice: "keep_yaml" }),
  ).toEqual([403, 403, 200]);
  expect(await asked("GET", "/api/users")).toEqual([403, 403, 200]);
  for (const page of Object.values(pages)) await page.context().close();
});

test("a changed role shows at once, and a disabled user is signed out at once", async ({ browser }) => {
  const who = await addUser(lockstep, "editor", "gone@example.com");
  const page = await newPage(browser);
  await signIn(page.context(), lockstep, who);
  await page.goto(`${lockstep.url}/history`);
  await expectLive(page);
  const { body } = await lockstep.call("GET /api/users");
  const id = body.users.find(({ email }) => email === who.email)?.id ?? "";
  await expect(page.getByRole("button", { name: "Account: gone@example.com, editor" }).first()).toBeVisible();
  await lockstep.call("PATCH /api/users/:id", { params: { id }, body: { role: "viewer" } });
  await expect(page.getByRole("button", { name: "Account: gone@example.com, viewer" }).first()).toBeVisible();
  await lockstep.call("PATCH /api/users/:id", { params: { id }, body: { disabled: true } });
  await expect(page).toHaveURL(/\/signin\?next=%2Fhistory/);
  await page.getByLabel("Email").fill(who.email);
  await password(page).fill(who.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "disabled" })).toBeVisible();

  // The user is enabled again, and an admin's link sets a new password.
  await lockstep.call("PATCH /api/users/:id", { params: { id }, body: { disabled: false } });
  const reset = await lockstep.call("POST /api/users/:id/reset-link", { params: { id } });
  await page.goto(reset.body.link);
  await expectAccessible(page);
  await password(page).fill("a fresh password");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expectLive(page);
});

test("guessing a password is stopped, and the form says for how long", async ({ browser }) => {
  const who = await addUser(lockstep, "viewer", "guessed@example.com");
  const guess = () =>
    lockstep.api(
      "POST",
      "/api/auth/sign-in",
      { email: who.email, password: "a wrong guess" },
      { authorization: "", "content-type": "application/json" },
    );
  const answers = await Promise.all(Array.from({ length: 12 }, guess));
  expect(answers.map(({ status }) => status).sort()).toEqual([
    ...Array<number>(8).fill(401),
    ...Array<number>(4).fill(429),
  ]);
  expect(Number(answers.find(({ status }) => status === 429)?.headers.get("retry-after"))).toBeGreaterThan(0);
  const page = await newPage(browser);
  await page.goto(`${lockstep.url}/signin`);
  await page.getByLabel("Email").fill(who.email);
  await password(page).fill(who.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Too many attempts; try again in" })).toBeFocused();
});

test("a page of another origin can do nothing with an admin's cookies", async ({ browser }) => {
  // Another port of 127.0.0.1 is the same site, so the browser sends the cookies along.
  const evil = createServer(
    (_, response) =>
      void response.setHeader("content-type", "text/html").end("<!doctype html><title>evil</title>"),
  ).listen(0, "127.0.0.1");
  await once(evil, "listening");
  try {
    const page = await newPage(browser);
    await signIn(page.context(), lockstep);
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}`);
    const before = await lockstep.call("GET /api/sync/history", { query: { limit: "1" } });
    const heard = await page.evaluate(async (url) => {
      const opened = (socket: WebSocket) =>
        new Promise<boolean>((resolve) => {
          socket.onopen = () => resolve(true);
          socket.onerror = () => resolve(false);
        });
      const sent = (path: string) =>
        fetch(`${url}${path}`, {
          method: "POST",
          credentials: "include",
          headers: { "content-type": "text/plain" },
          body: "{}",
          mode: "no-cors",
        });
      await sent("/api/sync/trigger").catch(() => undefined);
      const read = await fetch(`${url}/api/tasks`, { credentials: "include" }).then(
        () => "read",
        () => "blocked",
      );
      const socket = await opened(new WebSocket(`${url.replace("http", "ws")}/ws/sync`));
      return { read, socket };
    }, lockstep.url);
    expect(heard).toEqual({ read: "blocked", socket: false });

    // A form navigates the browser there with its cookies. It is refused for its origin: without cookies it
    // would be 401.
    const refused = page.waitForResponse((response) => response.url().endsWith("/api/sync/trigger"));
    await page.evaluate((url) => {
      const form = Object.assign(document.createElement("form"), {
        method: "post",
        action: `${url}/api/sync/trigger`,
      });
      document.body.append(form);
      form.submit();
    }, lockstep.url);
    expect((await refused).status()).toBe(403);
    const after = await lockstep.call("GET /api/sync/history", { query: { limit: "1" } });
    expect(after.body).toEqual(before.body);
  } finally {
    evil.close();
  }
});
