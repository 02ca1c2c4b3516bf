"use client";

interface SwitchProps {
  checked: boolean;
  onCheckedChange(checked: boolean): void;
  /** The accessible name, when no `<label htmlFor>` gives one. */
  label?: string;
  id?: string;
  disabled?: boolean;
  title?: string | undefined;
}

/** A switch that takes effect at once. */
export function Switch({ checked, onCheckedChange, label, id, disabled = false, title }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      id={id}
      aria-label={label}
      aria-checked={checked}
      disabled={disabled}
      title={title}
      onClick={() => onCheckedChange(!checked)}
      className="bg-border-strong aria-checked:bg-accent relative inline-flex h-4.5 w-8 shrink-0 items-center rounded-full transition-colors disabled:opacity-60"
    >
      <span
        aria-hidden
        className={`size-3.5 rounded-full bg-white shadow transition-transform ${checked ? "translate-x-4" : "translate-x-0.5"}`}
      />
    </button>
  );
}
