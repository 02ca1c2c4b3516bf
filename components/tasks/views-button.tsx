"use client";

import { Bookmark } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { loadAgain } from "../ui/load-again.ts";
import type { ViewsMenuProps } from "./views-menu.tsx";

const ViewsMenu = dynamic(
  loadAgain(() => import("./views-menu.tsx").then((module) => module.ViewsMenu)),
  { ssr: false, loading: () => <Placeholder /> },
);
/** When the menu is loaded, in milliseconds after the page, because the list comes first. */
const LOAD_AFTER_MS = 600;

/** The menu of saved views, loaded a moment after the page itself. */
export function ViewsButton(props: ViewsMenuProps) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), LOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return wanted ? <ViewsMenu {...props} /> : <Placeholder />;
}

/** Keeps the place of the button, so that nothing moves when it comes. */
function Placeholder() {
  return (
    <Button disabled>
      <Bookmark aria-hidden /> Views
    </Button>
  );
}
