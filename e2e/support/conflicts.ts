import { type Browser, expect, type Page } from "@playwright/test";
import { forgetVersions } from "./forget-versions.ts";
import { expectInStep } from "./in-step.ts";
import type { Lockstep } from "./lockstep.ts";
import type { SharedServer } from "./shared-server.ts";
import { signedIn } from "./page.ts";

const CONFLICTS_SCHEDULE = `# Jobs of the platform team.
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

/** A server that compares the sides only when a test asks for it, and an admin's page on it. */
export async function openConflicts(
  browser: Browser,
  server: SharedServer,
): Promise<{ lockstep: Lockstep; page: Page }> {
  const lockstep = await server.fresh(CONFLICTS_SCHEDULE);
  return { lockstep, page: await signedIn(browser, lockstep) };
}

/** Ends the conflicts that the previous test left, and brings both sides back to the schedule. */
export async function agree(lockstep: Lockstep): Promise<void> {
  await sync(lockstep);
  await lockstep.call("POST /api/sync/conflicts/resolve", {
    body: { conflict_ids: "all", choice: "keep_yaml" },
  });
  await forgetVersions(lockstep);
  lockstep.write(CONFLICTS_SCHEDULE);
  await sync(lockstep);
  await expectInStep(lockstep);
}

export const sync = (lockstep: Lockstep, body: object = {}) =>
  lockstep.call("POST /api/sync/trigger", { body });

export async function row(lockstep: Lockstep, id = "2") {
  const rows = await lockstep.sql<{ description: string; status: string; params: object }>(
    "SELECT description, status, params FROM tasks WHERE id = $1",
    [id],
  );
  return rows[0];
}

/** Both sides change the description of task 2. The file also changes a timeout, and the database the status. */
export async function disagree(lockstep: Lockstep): Promise<void> {
  lockstep.replace("Check that every service answers", "Check that all services answer quickly");
  lockstep.replace("timeout_seconds: 10", "timeout_seconds: 20");
  await lockstep.sql(
    "UPDATE tasks SET description = 'Check that every service answers twice', status = 'paused' WHERE id = '2'",
  );
  await sync(lockstep);
}

/** The file deletes task 3, which the database has changed. */
export async function disagreeOnDeletion(lockstep: Lockstep): Promise<void> {
  lockstep.write(lockstep.read().replace(/\n {2}- id: 3[^]*$/, ""));
  await lockstep.sql("UPDATE tasks SET description = 'Still wanted' WHERE id = '3'");
  await sync(lockstep);
}

/** Both sides change the same parameter of task 1. */
export async function disagreeOnBackup(lockstep: Lockstep): Promise<void> {
  lockstep.replace("keep_days: 30", "keep_days: 60");
  await lockstep.sql(`UPDATE tasks SET params = '{"keep_days": 90}' WHERE id = '1'`);
  await sync(lockstep);
}

export const inbox = (page: Page) => page.getByRole("list", { name: "Open conflicts, oldest first" });
export const dialog = (page: Page) => page.getByRole("dialog");
export const field = (page: Page, name: string) =>
  dialog(page).getByRole("radiogroup", { name, exact: true });
export const yamlLines = (page: Page) =>
  dialog(page).getByRole("region", { name: "Lines of the task in the YAML file" });
export const resultingRow = (page: Page) => dialog(page).getByLabel("The database row that results");
export const noConflicts = (page: Page) =>
  expect(page.getByText("No conflicts", { exact: true })).toBeVisible();

export async function openFirst(page: Page): Promise<void> {
  await page.goto("/conflicts");
  await inbox(page).getByRole("button").first().click();
  await expect(dialog(page)).toBeVisible();
}

export async function apply(page: Page): Promise<void> {
  const button = dialog(page).getByRole("button", { name: "Apply" });
  await expect(button).toHaveAttribute("aria-disabled", "false");
  await button.click();
}
