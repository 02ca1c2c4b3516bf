/** Keeps a dialog open when a person presses a notice, which lies above the dialog. */
export function staysForToasts(event: CustomEvent<{ originalEvent: Event }>): void {
  const target = event.detail.originalEvent.target;
  if (target instanceof Element && target.closest("[data-sonner-toaster]")) event.preventDefault();
}
