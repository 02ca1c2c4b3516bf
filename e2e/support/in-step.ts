import { expect } from "@playwright/test";
import { parse } from "yaml";
import type { Lockstep } from "./lockstep.ts";
import { until } from "./until.ts";

interface Row {
  id: string;
  skill_name: string;
  schedule_cron: string;
  timezone: string;
  status: string;
  description: string | null;
  params: unknown;
}

interface FileTask extends Partial<Omit<Row, "id">> {
  id: number | string;
}

/** Checks that both sides say the same, read here without Lockstep's code, and that Lockstep says so too. */
export async function expectInStep(lockstep: Lockstep): Promise<void> {
  const rows = await lockstep.sql<Row>(
    "SELECT id, skill_name, schedule_cron, timezone, status, description, params FROM tasks ORDER BY id",
  );
  expect(tasksInFile(lockstep)).toEqual(Object.fromEntries(rows.map(({ id, ...row }) => [id, row])));
  // Right after an edit the status is unknown, because no run has looked at the file again.
  await until("Lockstep says that it is synced", () => isSynced(lockstep));
}

export function tasksInFile(lockstep: Lockstep): Record<string, Omit<Row, "id">> {
  const { tasks } = parse(lockstep.read()) as { tasks: FileTask[] };
  return Object.fromEntries(
    tasks.map((task) => [
      String(task.id),
      {
        skill_name: task.skill_name ?? "",
        schedule_cron: task.schedule_cron ?? "",
        timezone: task.timezone ?? "UTC",
        status: task.status ?? "pending",
        description: task.description ?? null,
        params: task.params ?? {},
      },
    ]),
  );
}

export async function isSynced(lockstep: Lockstep): Promise<boolean> {
  const status = await lockstep.call("GET /api/sync/status").catch(() => null);
  return status?.body.sync_status === "synced";
}
