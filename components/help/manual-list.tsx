import { MANUAL } from "../../lib/help/manual.ts";
import { Link } from "../ui/link.tsx";

/** The documents that come with the program. */
export function ManualList() {
  return (
    <section aria-labelledby="manual">
      <h2 id="manual" className="scroll-mt-4 text-base font-semibold">
        Manual
      </h2>
      <ul className="mt-1 grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {MANUAL.map(({ page, title, about }) => (
          <li key={page}>
            <Link href={`/help/${page}`} className="text-accent-text underline">
              {title}
            </Link>
            <p className="text-muted text-xs">{about}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
