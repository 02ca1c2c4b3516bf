"use client";

import { Columns3 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { loadAgain } from "../ui/load-again.ts";
import type { ListColumns } from "./use-columns.ts";

const ColumnsMenu = dynamic(
  loadAgain(() => import("./columns-menu.tsx").then((module) => module.ColumnsMenu)),
  { ssr: false, loading: () => <Trigger /> },
);

/** The button of the menu that chooses the columns. A phone shows cards, which have none. */
export function ColumnsButton(props: ListColumns) {
  const [wanted, setWanted] = useState(false);
  return (
    <div className="hidden md:block">
      {wanted ? <ColumnsMenu {...props} /> : <Trigger onClick={() => setWanted(true)} />}
    </div>
  );
}

function Trigger({ onClick }: { onClick?(): void }) {
  return (
    <Button aria-haspopup="dialog" aria-expanded={false} onClick={onClick}>
      <Columns3 aria-hidden /> Columns
    </Button>
  );
}
