import { listeners } from "../ui/listeners.ts";

const KEY = "lockstep.bulk-action";
const changes = listeners();

/** Calls back when the page begins or ends to follow a bulk action, also in another tab. */
export function onFollowed(listener: () => void): () => void {
  const remove = changes.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    remove();
    window.removeEventListener("storage", listener);
  };
}

/** The id of the bulk action that the page shows; null for none. It survives a reload. */
export function followed(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null; // The browser keeps nothing for this page.
  }
}

/** Shows this bulk action, or none, on every page. */
export function follow(id: string | null): void {
  try {
    if (id === null) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, id);
  } catch {
    return;
  }
  changes.tell();
}
