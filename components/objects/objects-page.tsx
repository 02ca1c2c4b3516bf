"use client";

import { Boxes, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useCallback, useRef } from "react";
import type { ObjectListJson, ObjectTypesJson } from "../../lib/protocol/object.ts";
import { useSearchKey } from "../shell/use-page-key.ts";
import { pushSearch } from "../shell/search-params.ts";
import { useSources } from "../sources/use-sources.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ObjectGrid } from "./object-grid.tsx";
import type { ObjectRow } from "./object-tree.ts";
import { EVERY_OBJECT, isFiltered } from "./object-view.ts";
import { ObjectsToolbar } from "./objects-toolbar.tsx";
import { TypeStrip } from "./type-strip.tsx";
import { useObjectTree } from "./use-object-tree.ts";
import { useObjectView } from "./use-object-view.ts";
import { useObjectTypes } from "./use-objects.ts";

const ObjectPanel = dynamic(
  loadAgain(() => import("./object-panel.tsx").then((module) => module.ObjectPanel)),
  { ssr: false },
);
const PullsPanel = dynamic(
  loadAgain(() => import("./pulls-panel.tsx").then((module) => module.PullsPanel)),
  { ssr: false },
);

interface Props {
  first: ObjectListJson;
  firstTypes: ObjectTypesJson;
}

/** Objects of other systems: the types with their freshness, the tree, and the panel of what is open. */
export function ObjectsPage({ first, firstTypes }: Props) {
  const address = useSearchParams();
  const { view, settled, change } = useObjectView(address.toString());
  const { data } = useObjectTypes(firstTypes);
  const types = data.types;
  const { data: sources } = useSources();
  const tree = useObjectTree(settled, first);
  const search = useRef<HTMLInputElement>(null);
  const page = useRef<HTMLDivElement>(null);
  useSearchKey(search);
  const openObject = useCallback((id: string) => pushSearch({ object: id, pulls: null }), []);
  const onOpen = useCallback(({ object }: ObjectRow) => openObject(object.id), [openObject]);
  const close = () => pushSearch({ object: null, pulls: null });
  const [object, pulls] = [address.get("object"), address.get("pulls")];
  return (
    <div ref={page} className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="Objects">
        <p role="status" className="text-muted tabular-nums">
          {inWords(types, isFiltered(settled) ? tree : null)}
        </p>
      </PageHeader>
      {types.length > 0 && (
        <>
          <TypeStrip
            types={types}
            sources={sources?.sources ?? []}
            chosen={view.source}
            onChoose={(source) => change({ source })}
            onPulls={(source) => pushSearch({ pulls: source, object: null })}
          />
          <ObjectsToolbar
            view={view}
            onView={change}
            types={types}
            search={search}
            onLeaveSearch={() => page.current?.querySelector<HTMLElement>("[role=treegrid]")?.focus()}
          />
        </>
      )}
      {tree.error ? (
        <ErrorState title="The objects could not be loaded" error={tree.error} onRetry={tree.retry} />
      ) : tree.loaded ? (
        <ObjectGrid
          tree={tree}
          onOpen={onOpen}
          empty={
            <NoObjects
              filtered={isFiltered(settled)}
              sources={types.length}
              onAll={() => change(EVERY_OBJECT)}
            />
          }
        />
      ) : (
        <SkeletonRows label="Loading the objects" />
      )}
      {object !== null && <ObjectPanel key={object} id={object} onOpen={openObject} onClose={close} />}
      {object === null && pulls !== null && <PullsPanel key={pulls} source={pulls} onClose={close} />}
    </div>
  );
}

/** `1,204`; with a filter the number of matches, as far as they are loaded. */
function inWords(types: ObjectTypesJson["types"], matches: ReturnType<typeof useObjectTree> | null): string {
  const total = types.reduce((sum, { objects }) => sum + objects, 0).toLocaleString("en");
  if (!matches) return total;
  const found = matches.rows.filter(({ kind, level }) => kind === "object" && level === 1).length;
  const more = matches.rows.some(({ kind, level }) => kind === "rest" && level === 1);
  return `${found.toLocaleString("en")}${more ? " and more" : ""} of ${total}`;
}

interface NoObjectsProps {
  filtered: boolean;
  /** How many sources of objects there are. */
  sources: number;
  onAll(): void;
}

function NoObjects({ filtered, sources, onAll }: NoObjectsProps) {
  if (filtered)
    return (
      <EmptyState
        icon={SearchX}
        title="No object matches"
        action={<Button onClick={onAll}>Show the tree</Button>}
      >
        The search looks in keys and in all data.
      </EmptyState>
    );
  if (sources === 0)
    return (
      <EmptyState icon={Boxes} title="There is no source of objects">
        A source of kind http in sources.yml pulls the collections of another system into the database, where
        they show up here.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={Boxes}
      title="Nothing has been pulled yet"
      action={
        <Link href="/ui/sync-intervals" className="text-accent-text underline">
          Open the sources
        </Link>
      }
    >
      Objects appear with the first pull. Before that, you can try a source with Test.
    </EmptyState>
  );
}
