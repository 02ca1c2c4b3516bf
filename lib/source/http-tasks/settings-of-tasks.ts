import type { SourceSettings } from "../settings.ts";
import type { HttpTasksConfig } from "./config.ts";
import { ownersOf } from "./owners.ts";

/** The settings that follow from what the API can do, with those that were given. */
export function settingsOfTasks(
  config: HttpTasksConfig,
  given: Partial<SourceSettings>,
): Partial<SourceSettings> {
  const { create, update, delete: remove } = config.writes;
  const isReadOnly = !create && !update && !remove;
  return {
    // Here a list that is again what it once was is an edit. No earlier version of it was checked out.
    older_file: "accept",
    ...(isReadOnly ? { direction: "file_to_database" } : {}),
    ...given,
    fields: { ...given.fields, ...ownersOf(config) },
  };
}
