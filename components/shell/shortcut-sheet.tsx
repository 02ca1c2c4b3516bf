"use client";

import { Fragment } from "react";
import type { SideNames } from "../../lib/source/side-names.ts";
import { choiceInWords } from "../conflicts/words.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import type { Place } from "./places.ts";
import { usePlaces } from "./use-places.ts";
import { useSideNames } from "./use-side-names.ts";

interface Group {
  name: string;
  keys: readonly { keys: readonly string[]; does: string }[];
}

const everywhere = (places: readonly Place[]): Group => ({
  name: "Everywhere",
  keys: [
    { keys: ["Ctrl", "K"], does: "Commands and tasks (⌘ K on a Mac)" },
    { keys: ["?"], does: "This sheet" },
    ...places.map((place) => ({ keys: ["g", place.key], does: `Go to ${place.name}` })),
    { keys: ["Esc"], does: "Close the open panel or dialog" },
  ],
});

const OBJECTS: Group = {
  name: "Objects",
  keys: [
    { keys: ["→"], does: "Unfold; then to the first child" },
    { keys: ["←"], does: "Fold; then to the parent" },
    { keys: ["Enter"], does: "Open the object" },
  ],
};

const groupsOf = (names: SideNames): readonly Group[] => [
  {
    name: "Tasks",
    keys: [
      { keys: ["/"], does: "Search; Enter goes to the results" },
      { keys: ["n"], does: "New task" },
      { keys: ["j"], does: "Next row (or ↓)" },
      { keys: ["k"], does: "Row before (or ↑)" },
      { keys: ["e"], does: "Open the row (or Enter)" },
      { keys: ["x"], does: "Select the row; with Shift all up to it" },
      { keys: ["Ctrl", "Enter"], does: "Save the open task" },
    ],
  },
  {
    name: "Schedule",
    keys: [
      { keys: ["j"], does: "Next row (or ↓)" },
      { keys: ["k"], does: "Row before (or ↑)" },
      { keys: ["Enter"], does: "Open the row" },
      { keys: ["←", "→"], does: "Earlier; later" },
    ],
  },
  {
    name: "Conflicts",
    keys: [
      { keys: ["j"], does: "Next conflict" },
      { keys: ["k"], does: "Conflict before" },
      { keys: ["1"], does: choiceInWords("keep_file", names) },
      { keys: ["2"], does: choiceInWords("keep_database", names) },
      { keys: ["3"], does: choiceInWords("merge", names) },
      { keys: ["↑", "↓"], does: "From field to field; ← → picks a side" },
      { keys: ["Enter"], does: "Apply" },
    ],
  },
];

export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const places = usePlaces();
  const names = useSideNames(undefined);
  const hasObjects = places.some(({ objects }) => objects === true);
  return (
    <Dialog open onOpenChange={onClose} title="Keyboard shortcuts" size="large" reading>
      <div className="-mb-6 gap-6 sm:columns-2 lg:columns-3">
        {[everywhere(places), ...groupsOf(names), ...(hasObjects ? [OBJECTS] : [])].map((group) => (
          <section key={group.name} className="mb-6 break-inside-avoid">
            <h3 className="text-muted mb-2 text-xs font-medium">{group.name}</h3>
            <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1.5">
              {group.keys.map(({ keys, does }) => (
                <Fragment key={does}>
                  <dt className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
