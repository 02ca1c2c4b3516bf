"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { loadAgain } from "../ui/load-again.ts";
import { followed, onFollowed } from "./followed.ts";

const BulkCard = dynamic(
  loadAgain(() => import("./bulk-card.tsx").then((module) => module.BulkCard)),
  { ssr: false },
);

/** The bulk action that this person started last, on every page, until they close it. */
export function BulkNotice() {
  const id = useSyncExternalStore(onFollowed, followed, () => null);
  return id === null ? null : <BulkCard key={id} id={id} />;
}
