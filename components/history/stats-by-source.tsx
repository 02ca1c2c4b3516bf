import type { StatsJson } from "../../lib/protocol/stats.ts";
import { ShareBar } from "./share-bar.tsx";
import { outcomeShares, percentInWords, sharesInWords } from "./stats-words.ts";
import { durationInWords } from "./trigger-words.ts";

/** The sources beside each other: the longer a bar, the more runs; its colours are their outcomes. */
export function StatsBySource({ sources }: { sources: StatsJson["sources"] }) {
  const most = Math.max(...sources.map(({ runs }) => runs));
  return (
    <div className="max-h-80 overflow-auto px-4 pb-4" tabIndex={0} role="region" aria-label="Runs by source">
      <table className="w-full text-left text-xs tabular-nums">
        <thead>
          <tr className="text-muted border-b">
            {["Source", "Runs", "", "Went through", "Half within"].map((name, i) => (
              <th key={i} scope="col" className="py-1 pr-3 font-medium">
                {name === "" ? <span className="sr-only">Outcomes</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.source} className="border-b last:border-0">
              <th scope="row" className="max-w-40 truncate py-1 pr-3 font-normal" title={source.source}>
                {source.source}
              </th>
              <td className="py-1 pr-3">{source.runs}</td>
              <td className="w-1/2 py-1 pr-3" title={sharesInWords(outcomeShares(source))}>
                <ShareBar shares={outcomeShares(source)} width={source.runs / most} />
                <span className="sr-only">{sharesInWords(outcomeShares(source))}</span>
              </td>
              <td className="py-1 pr-3">{percentInWords(source.success_rate ?? 0)}</td>
              <td className="py-1">{durationInWords(Math.round(source.duration_ms?.median ?? 0))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
