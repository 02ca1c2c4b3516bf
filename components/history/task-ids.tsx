import { Link } from "../ui/link.tsx";
import { taskHref } from "../shell/task-href.ts";

const SHOWN = 100;

export function TaskIds({ ids, source }: { ids: readonly string[]; source: string | undefined }) {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {ids.slice(0, SHOWN).map((id) => (
        <li key={id}>
          <Link
            href={taskHref(id, source)}
            className="bg-hover hover:text-accent-text inline-flex rounded px-1.5 py-0.5 font-mono text-xs"
          >
            {id}
          </Link>
        </li>
      ))}
      {ids.length > SHOWN && <li className="text-muted text-xs">and {ids.length - SHOWN} more</li>}
    </ul>
  );
}
