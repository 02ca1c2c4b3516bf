"use client";

import { Download, ScrollText } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import type { AuditListJson } from "../../lib/protocol/audit.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote, ErrorState } from "../ui/error-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { addressOf, apiQuery, type AuditFilter, filterFrom, isFiltered, NO_FILTER } from "./audit-filter.ts";
import { AuditList } from "./audit-list.tsx";
import { AuditToolbar } from "./audit-toolbar.tsx";
import { useAudit } from "./use-audit.ts";

/** Who changed what, when and from where. The address keeps the filter. */
export function AuditPage({ first }: { first: AuditListJson }) {
  const pathname = usePathname();
  const router = useRouter();
  const filter = filterFrom(new URLSearchParams(useSearchParams().toString()));
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useAudit(
    filter,
    first,
  );
  const change = (next: Partial<AuditFilter>) => {
    const address = addressOf({ ...filter, ...next });
    router.replace(address === "" ? pathname : `${pathname}?${address}`, { scroll: false });
  };
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        title="Audit"
        aside={
          <a href={`/api/audit.csv?${apiQuery(filter)}`} download className={buttonClass()}>
            <Download aria-hidden /> CSV
          </a>
        }
      />
      <AuditToolbar filter={filter} onChange={change} />
      {error && data && (
        <div className="px-4 pb-2 sm:px-6">
          <ErrorNote error={error} />
        </div>
      )}
      {isPending ? (
        <SkeletonRows label="Loading the audit" rows={10} />
      ) : !data ? (
        <ErrorState title="The audit could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : entries.length === 0 ? (
        <EmptyState
          icon={ScrollText}
          title={isFiltered(filter) ? "No entry matches the filter" : "Nothing has happened yet"}
          action={
            isFiltered(filter) ? (
              <Button onClick={() => change(NO_FILTER)}>Show every entry</Button>
            ) : undefined
          }
        >
          Every change of a task, a conflict, a run, a setting, a user or a token is here, with who made it.
          Entries cannot be changed, and are deleted only by age.
        </EmptyState>
      ) : (
        <AuditList
          key={addressOf(filter)}
          entries={entries}
          filter={filter}
          rest={hasNextPage}
          loading={isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          onActor={(actor) => change({ actor })}
        />
      )}
    </div>
  );
}
