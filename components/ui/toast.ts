import type { toast as Sonner } from "sonner";
import { listeners } from "./listeners.ts";

// The library of notices is not part of a page's first load. The first notice loads it, or a timer does.
let found!: (notices: typeof Sonner) => void;
const notices = new Promise<typeof Sonner>((resolve) => (found = resolve));
let wanted = false;
const changes = listeners();

/** Calls back when the first notice waits to be shown. */
export const onNoticeWanted = changes.add;

export function isNoticeWanted(): boolean {
  return wanted;
}

/** Loads the library, so that notices can appear. */
export function wantNotices(): void {
  if (wanted) return;
  wanted = true;
  changes.tell();
}

/** Hands over the library, and with it every notice that was waiting. */
export function noticesAreHere(toast: typeof Sonner): void {
  found(toast);
}

function say<Kind extends "success" | "warning" | "error" | "message" | "loading" | "dismiss">(kind: Kind) {
  return (...what: Parameters<(typeof Sonner)[Kind]>): void => {
    wantNotices();
    void notices.then((toast) => (toast[kind] as (...args: typeof what) => unknown)(...what));
  };
}

/** Short notices in the corner of the screen. A notice replaces an earlier notice with the same `id`. */
export const toast = {
  success: say("success"),
  warning: say("warning"),
  error: say("error"),
  message: say("message"),
  loading: say("loading"),
  dismiss: say("dismiss"),
};
