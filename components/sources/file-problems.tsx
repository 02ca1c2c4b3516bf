import type { SourceListJson } from "../../lib/protocol/source.ts";

/** The problems in sources.yml. Until they are fixed, its last readable version counts. */
export function FileProblems({ files }: { files: SourceListJson["files"] }) {
  const broken = files.filter(({ problems }) => problems.length > 0);
  if (broken.length === 0) return null;
  return (
    <section
      aria-label="Problems in the list of sources"
      className="bg-bad-soft mx-4 mb-3 flex flex-col gap-1 rounded-lg px-3 py-2 text-sm sm:mx-6"
    >
      {broken.map(({ path, problems }) => (
        <div key={path}>
          <p className="text-bad-text font-medium break-all">
            {problems.every(({ left_out }) => left_out)
              ? `Files that ${path} matches are left out; all others are synced.`
              : `${path} has a mistake; its last good version still counts.`}
          </p>
          <ul>
            {problems.map(({ message, line, column }, i) => (
              <li key={i}>
                {line !== undefined && `Line ${line}${column === undefined ? "" : `, column ${column}`}: `}
                {message}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
