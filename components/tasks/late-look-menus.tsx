"use client";

import dynamic from "next/dynamic";
import { Button } from "../ui/button.tsx";
import { loadAgain } from "../ui/load-again.ts";
import type { LookMenusProps } from "./look-menus.tsx";
import { useLater } from "./use-later.ts";

const LookMenus = dynamic(
  loadAgain(() => import("./look-menus.tsx").then((module) => module.LookMenus)),
  { ssr: false, loading: () => <Places /> },
);

/** The menus of views and columns, loaded a moment after the page itself. */
export function LateLookMenus(props: LookMenusProps) {
  return useLater() ? <LookMenus {...props} /> : <Places />;
}

/** They keep the places of the buttons, so that nothing moves when these come. */
function Places() {
  return (
    <>
      <Button disabled>
        <span className="size-4" /> Views
      </Button>
      <Button disabled className="max-md:hidden">
        <span className="size-4" /> Columns
      </Button>
    </>
  );
}
