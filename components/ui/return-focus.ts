import { useRef } from "react";

/**
 * Returns the focus on closing to the element that had it on opening. The library does so only for its own
 * triggers, but our dialogs are opened from anywhere.
 */
export function useReturnFocus(onOpenAutoFocus?: (event: Event) => void): {
  onOpenAutoFocus(event: Event): void;
  onCloseAutoFocus(event: Event): void;
} {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus(event) {
      before.current = document.activeElement;
      onOpenAutoFocus?.(event);
    },
    onCloseAutoFocus(event) {
      if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}
