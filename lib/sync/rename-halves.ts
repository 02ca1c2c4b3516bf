import type { TaskKey } from "../task/task.ts";
import type { PlanItem } from "./types.ts";

/** The other id of a rename; undefined for any other item. */
export function otherIdOf({ renamedTo, renamedFrom }: PlanItem): TaskKey | undefined {
  return renamedTo ?? renamedFrom;
}

/** The items that are carried out. Where one half of a rename is left out, so is the other. */
export function withoutLeftOut(items: readonly PlanItem[], isLeftOut: (key: TaskKey) => boolean): PlanItem[] {
  return items.filter((item) => {
    const other = otherIdOf(item);
    return !isLeftOut(item.key) && (other === undefined || !isLeftOut(other));
  });
}

/** The items that are part of a write of the file. The other half of a rename goes with the half that the file gets. */
export function itemsOfFileWrite(items: readonly PlanItem[]): PlanItem[] {
  const written = new Set(items.flatMap(({ key, file }) => (file === undefined ? [] : [key])));
  return items.filter((item) => {
    const other = otherIdOf(item);
    return written.has(item.key) || (other !== undefined && written.has(other));
  });
}
