import { MANUAL, type ManualPage as Page } from "../../lib/help/manual.ts";
import { Link } from "../ui/link.tsx";
import { PageHeader } from "../ui/page-header.tsx";

/** A document of the manual, with the way back and to the next one. */
export function ManualPage({ page, html }: { page: Page; html: string }) {
  const next = MANUAL[MANUAL.indexOf(page) + 1];
  return (
    <>
      <PageHeader
        title={page.title}
        aside={
          <Link href="/help" className="text-accent-text text-sm underline">
            Help
          </Link>
        }
      />
      <article className="manual max-w-3xl px-4 pb-10 sm:px-6" dangerouslySetInnerHTML={{ __html: html }} />
      {next && (
        <p className="px-4 pb-10 text-sm sm:px-6">
          Next:{" "}
          <Link href={`/help/${next.page}`} className="text-accent-text underline">
            {next.title}
          </Link>
        </p>
      )}
    </>
  );
}
