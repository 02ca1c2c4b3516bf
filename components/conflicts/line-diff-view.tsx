import clsx from "clsx";
import { useNames } from "../shell/use-side-names.ts";
import { type DiffLine, lineDiff } from "./line-diff.ts";

/** Neither side is right or wrong, so the colours are not those of errors and success. */
const LOOK: Record<DiffLine["kind"], string> = {
  same: "",
  removed: "text-muted line-through decoration-1",
  added: "bg-accent-soft text-accent-text",
};
const SIGN: Record<DiffLine["kind"], string> = { same: " ", removed: "−", added: "+" };
const SAID: Record<DiffLine["kind"], string> = { same: "", removed: "removed: ", added: "added: " };

interface Props {
  before: string | null;
  after: string | null;
  firstLine: number;
  label: string;
}

/** A few lines before and after, with the file's line numbers. */
export function LineDiff({ before, after, firstLine, label }: Props) {
  const { Side } = useNames();
  const lines = lineDiff(before, after, firstLine);
  if (lines.length === 0)
    return <p className="bg-surface text-muted rounded-md border p-2">{Side} does not have the task.</p>;
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="bg-surface overflow-x-auto rounded-md border py-1 font-mono text-[12.5px] leading-5"
    >
      <ol className="w-max min-w-full">
        {lines.map(({ kind, text, number }, i) => (
          <li key={i} className={clsx("flex pr-3", LOOK[kind])}>
            <span
              className={clsx("w-10 shrink-0 pr-2 text-right select-none", kind === "same" && "text-muted")}
              aria-hidden
            >
              {number}
            </span>
            <span className="w-4 shrink-0 select-none" aria-hidden>
              {SIGN[kind]}
            </span>
            <span className="whitespace-pre">
              <span className="sr-only">{SAID[kind]}</span>
              {text}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
