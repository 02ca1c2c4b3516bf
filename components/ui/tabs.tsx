"use client";

import clsx from "clsx";
import * as Primitive from "radix-ui/tabs";
import type { ReactNode } from "react";

export interface Tab {
  value: string;
  label: ReactNode;
  content: ReactNode;
  /** Classes of the tab, for one that only some screens show. */
  className?: string;
}

export function Tabs({
  tabs,
  value,
  onValueChange,
  label,
}: {
  tabs: readonly Tab[];
  value: string;
  onValueChange(value: string): void;
  label: string;
}) {
  return (
    <Primitive.Root value={value} onValueChange={onValueChange}>
      <Primitive.List aria-label={label} className="mb-3 flex gap-4 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className={clsx(
              "text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:text-text -mb-px border-b-2 border-transparent px-0.5 pt-1 pb-2 text-sm font-medium whitespace-nowrap focus-visible:outline-offset-0",
              tab.className,
            )}
          >
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        // The Tab key goes to the controls inside, so the panel itself is not a stop.
        <Primitive.Content key={tab.value} value={tab.value} tabIndex={-1} className="outline-none">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
