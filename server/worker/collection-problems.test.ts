import { describe, expect, it } from "vitest";
import { parseSources } from "../../lib/source/parse-sources.ts";
import { problemLine } from "../../lib/source/place.ts";
import { collectionProblems } from "./collection-problems.ts";

const problemsOf = (client: string, resource: string) => {
  const text = `sources:\n  - kind: http\n    client: {base_url: "https://erp.example.com"${client}}\n    resources:\n      - {id: a, path: /a, paginator: {type: single_page}${resource}}\n`;
  const { entries, problems } = parseSources(text);
  expect(problems).toEqual([]);
  return collectionProblems(entries).map((problem) => problemLine("sources.yml", problem));
};

describe("what a schema does not show of a resource", () => {
  it.each([
    [
      "a broken JSONPath",
      "",
      ", data_selector: '$.data['",
      "sources.yml:5:14 a: data_selector $.data[ is no JSONPath: ",
    ],
    [
      "one among its keys",
      "",
      ", primary_key: [id, '$[']",
      "sources.yml:5:14 a: primary_key $[ is no JSONPath: ",
    ],
    [
      "a parent that is no resource",
      "",
      ", parent: {resource: gone, field: gone_id}",
      "sources.yml:5:23 a hangs from gone, which is no source of objects",
    ],
    [
      "a secret of Lockstep's own",
      ", auth: {type: bearer, token: '${DATABASE_URL}'}",
      "",
      "sources.yml:5:14 a: ${DATABASE_URL} is Lockstep's own and cannot be sent; use another variable",
    ],
    [
      "the same in a parameter",
      "",
      ", params: {k: '${AUTH_SECRET}'}",
      "sources.yml:5:14 a: ${AUTH_SECRET} is Lockstep's own and cannot be sent; use another variable",
    ],
  ])("%s", (_, client, resource, problem) => {
    expect(problemsOf(client, resource).join("\n")).toContain(problem);
  });

  it("nothing is wrong with a sound one", () => {
    expect(
      problemsOf(", auth: {type: bearer, token: '${ERP_TOKEN}'}", ", data_selector: '$.data[?@.live]'"),
    ).toEqual([]);
  });
});
