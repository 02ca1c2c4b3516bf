/** Puts the focus on the field's tab stop. */
export function focusRow(row: HTMLElement | null | undefined): void {
  const stop =
    row?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]:not(:disabled)') ??
    row?.querySelector<HTMLElement>('[role="radio"]:not(:disabled)');
  stop?.focus();
  stop?.scrollIntoView({ block: "nearest" });
}
