"use client";

import { Bookmark } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { DropdownMenu } from "../ui/dropdown-menu.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { useSavedViews } from "./use-saved-views.ts";
import { type ShownList, shownView } from "./view-query.ts";
import { ViewItems } from "./view-items.tsx";

const ViewDialog = dynamic(
  loadAgain(() => import("./view-dialog.tsx").then((module) => module.ViewDialog)),
  { ssr: false },
);

/** The saved views: choose one, save what is shown, rename, share and remove. */
export function ViewsMenu(props: ShownList) {
  const all = useSavedViews();
  const [chosen, setChosen] = useState<string | null>(null);
  const [naming, setNaming] = useState<"new" | "shown" | null>(null);
  const shown = shownView(all, chosen, props.view);
  return (
    <>
      <DropdownMenu
        trigger={
          <Button className={shown ? "!border-accent !text-accent-text" : ""}>
            <Bookmark aria-hidden />
            <span className="max-w-40 truncate">{shown?.saved.name ?? "Views"}</span>
            {shown?.edited === true && <span className="text-muted font-normal">edited</span>}
          </Button>
        }
      >
        <ViewItems {...props} shown={shown} onChoose={setChosen} onName={setNaming} />
      </DropdownMenu>
      {naming !== null && (
        <ViewDialog
          {...props}
          of={naming === "shown" ? (shown?.saved ?? null) : null}
          onSaved={setChosen}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  );
}
