import { type ManySources, one, startManySources } from "./many-sources.ts";

export const FAMILY =
  "sources:\n  - {id: child, file: c.yml, depends_on: [parent], priority: 9}\n" +
  "  - {id: parent, file: p.yml}\n  - {id: grandchild, file: g.yml, depends_on: [child]}\n" +
  "  - {id: other, file: o.yml, priority: 5}\n";
const FILES = { "c.yml": one("c"), "p.yml": one("p"), "g.yml": one("g"), "o.yml": one("o") };

/** Four imported sources: a grandchild depends on a child, which depends on a parent; one is alone. None is due. */
export async function startFamily(
  env: Parameters<ManySources["start"]>[0] = {},
  list = FAMILY,
): Promise<ManySources> {
  const many = await startManySources(list, FILES);
  await many.start(env);
  for (const [source, file] of [
    ["child", "c"],
    ["parent", "p"],
    ["grandchild", "g"],
    ["other", "o"],
  ] as const)
    await many.until(source, file);
  await many.settled();
  await makeNoneDue(many);
  return many;
}

/** Delays every source's next scheduled run until after the test. */
function makeNoneDue(many: ManySources) {
  return many.sql("UPDATE sources SET next_sync_at = now() + interval '4 minutes'");
}
