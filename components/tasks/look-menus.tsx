"use client";

import { useEffect } from "react";
import type { ListColumns } from "./use-columns.ts";
import { ColumnsMenu } from "./columns-menu.tsx";
import { ViewsMenu } from "./views-menu.tsx";
import type { View } from "./view.ts";

export interface LookMenusProps {
  view: View;
  onView(change: Partial<View>): void;
  columns: ListColumns;
}

/** The menus of how the list looks: saved views, and columns. A phone shows cards, which have no columns. */
export function LookMenus({ view, onView, columns }: LookMenusProps) {
  // So that the first menu of a filter opens at once.
  useEffect(() => {
    void import("./filter-values.tsx").catch(() => undefined);
  }, []);
  return (
    <>
      <ViewsMenu view={view} onView={onView} columns={columns.columns} />
      <div className="hidden md:block">
        <ColumnsMenu {...columns} />
      </div>
    </>
  );
}
