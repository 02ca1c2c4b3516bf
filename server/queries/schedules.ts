import type { SchedulesJson } from "../../lib/protocol/activity.ts";
import { tasksBySchedule } from "../store/read/schedules.ts";

/** Which tasks share a schedule; when they run is for whoever shows it to work out. */
export async function listSchedules(source: string | undefined): Promise<SchedulesJson> {
  return { schedules: await tasksBySchedule(source) };
}
