import type { SchedulesJson } from "../../../lib/protocol/activity.ts";
import { Prisma } from "../generated/client.ts";
import { prisma } from "../prisma.ts";

/** Tasks by cron expression and time zone: a large schedule has a few dozen of these. */
export async function tasksBySchedule(source: string | undefined): Promise<SchedulesJson["schedules"]> {
  const only = source === undefined ? Prisma.empty : Prisma.sql`WHERE source = ${source}`;
  return prisma().$queryRaw<SchedulesJson["schedules"]>`
    SELECT schedule_cron, timezone,
           jsonb_agg(jsonb_build_object('id', id, 'skill_name', skill_name, 'status', status) ORDER BY id) AS tasks
      FROM tasks ${only} GROUP BY schedule_cron, timezone ORDER BY schedule_cron, timezone`;
}
