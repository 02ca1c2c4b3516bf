import { COLUMN_IDS, type ColumnId, type Columns } from "./columns.ts";

/** Where a cell stands on a wide screen. On a phone a row is a card of the task, its status and its state. */
const FLEX: Record<ColumnId, string> = {
  id: "md:[flex:var(--column-id,0_0_56px)]",
  skill: "min-w-0 flex-1 md:[flex:var(--column-skill,2_0_150px)]",
  source: "md:[flex:var(--column-source,0.8_0_132px)]",
  schedule: "md:[flex:var(--column-schedule,1.7_0_150px)]",
  next: "md:[flex:var(--column-next,0.4_0_136px)]",
  status: "md:[flex:var(--column-status,0_0_80px)]",
  sync: "md:[flex:var(--column-sync,0_0_80px)]",
  changed: "md:[flex:var(--column-changed,0.2_0_128px)]",
};

/** Without a choice, a column shows from the width of the list on at which it has room. */
const ROOM_OF_ONE: Record<ColumnId, string> = {
  id: "hidden md:@min-[788px]:block",
  skill: "",
  source: "hidden",
  schedule: "hidden md:@min-[720px]:block",
  next: "hidden md:@min-[560px]:block",
  status: "",
  sync: "",
  changed: "hidden md:@min-[930px]:block",
};
const ROOM_OF_MANY: Record<ColumnId, string> = {
  ...ROOM_OF_ONE,
  id: "hidden md:@min-[932px]:block",
  source: "hidden md:@min-[864px]:block",
  changed: "hidden md:@min-[1080px]:block",
};

/** The classes of each column's cells; a column without classes is not drawn. */
export type ColumnPlaces = Partial<Record<ColumnId, string>>;

export function columnPlaces(columns: Columns, many: boolean): ColumnPlaces {
  const ids = columns === null ? COLUMN_IDS : columns.map(({ id }) => id);
  return Object.fromEntries(
    ids.map((id) => [
      id,
      `md:min-w-0 ${FLEX[id]} ${columns === null ? (many ? ROOM_OF_MANY : ROOM_OF_ONE)[id] : ""}`,
    ]),
  );
}

export function placeOf(places: ColumnPlaces, id: string): string | undefined {
  return (places as Readonly<Record<string, string | undefined>>)[id];
}
