import { Lock } from "lucide-react";

/** Shown in place of a button that needs a role the person does not have. */
export function MissingRole({ why, short }: { why: string | undefined; short?: string }) {
  if (why === undefined) return null;
  return (
    <p title={why} className="text-muted inline-flex items-center gap-1.5 text-xs">
      <Lock className="size-3.5 shrink-0" aria-hidden />
      {short === undefined ? (
        why
      ) : (
        <>
          <span aria-hidden>{short}</span>
          <span className="sr-only">{why}</span>
        </>
      )}
    </p>
  );
}
