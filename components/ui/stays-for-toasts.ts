/** A notice lies above everything: answering it is not leaving the dialog. */
export function staysForToasts(event: CustomEvent<{ originalEvent: Event }>): void {
  const target = event.detail.originalEvent.target;
  if (target instanceof Element && target.closest("[data-sonner-toaster]")) event.preventDefault();
}
