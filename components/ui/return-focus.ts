import { useRef } from "react";

/**
 * Gives the focus back, on closing, to what had it on opening: the primitive does so only for a
 * trigger of its own, and ours are opened from anywhere.
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
