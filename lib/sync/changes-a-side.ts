import type { PlanItem } from "./types.ts";

/** Whether the item changes the file or the database; other items only advance the ancestor. */
export function changesASide({ file, database }: PlanItem): boolean {
  return file !== undefined || database !== undefined;
}
