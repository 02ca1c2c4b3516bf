import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

const INPUT =
  "border-border-strong bg-surface placeholder:text-muted w-full rounded-md border px-2.5 text-sm aria-invalid:border-bad disabled:opacity-60 disabled:bg-hover";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={clsx(INPUT, "h-8", className)} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={clsx(INPUT, "py-1.5", className)} />;
}

export interface FieldControl {
  id: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

/** A labelled control with its hint and its error. `children` gets properties to spread onto the control. */
export function Field({
  label,
  hint,
  error,
  optional,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null | undefined;
  optional?: boolean;
  children(control: FieldControl): ReactNode;
}) {
  const id = useId();
  const wrong = error !== undefined && error !== null && error !== "";
  const describedBy = [wrong ? `${id}-error` : "", hint === undefined ? "" : `${id}-hint`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {label}
        {optional === true && <span className="text-muted font-normal"> (optional)</span>}
      </label>
      {children({
        id,
        "aria-invalid": wrong,
        "aria-describedby": describedBy === "" ? undefined : describedBy,
      })}
      {wrong && (
        <p id={`${id}-error`} className="text-bad-text text-xs">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </div>
      )}
    </div>
  );
}
