import type { toast as Sonner } from "sonner";

// The library of notices is not part of a page's first load. The first notice loads it, or a timer does.
let found!: (notices: typeof Sonner) => void;
const notices = new Promise<typeof Sonner>((resolve) => (found = resolve));
let wanted = false;
const listeners = new Set<() => void>();

/** Calls back when the first notice waits to be shown. */
export function onNoticeWanted(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function isNoticeWanted(): boolean {
  return wanted;
}

/** Loads the library, so that notices can appear. */
export function wantNotices(): void {
  if (wanted) return;
  wanted = true;
  for (const listener of listeners) listener();
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
