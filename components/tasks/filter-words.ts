import type { SyncState } from "./view.ts";

export const SYNC_WORDS: readonly { value: SyncState; label: string }[] = [
  { value: "synced", label: "In step" },
  { value: "pending", label: "Pending" },
  { value: "conflict", label: "In conflict" },
];
