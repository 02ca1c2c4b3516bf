import type { CSSProperties } from "react";
import { type ColumnId, type Columns, leastWidth } from "./columns.ts";

/** The style of the list that gives its columns their widths, so that no row is drawn again for a width. */
export function columnStyle(columns: Columns): CSSProperties | undefined {
  if (columns === null) return undefined;
  return Object.fromEntries([
    ["--columns", `${leastWidth(columns)}px`],
    ...columns.flatMap(({ id, width }) => (width === null ? [] : [[nameOf(id), flexOf(width)]])),
  ]) as CSSProperties;
}

const nameOf = (id: ColumnId) => `--column-${id}`;
const flexOf = (width: number) => `0 0 ${width}px`;
