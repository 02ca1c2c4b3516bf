import { expect, it } from "vitest";
import type { Granted } from "./grant.ts";
import { KnownGrants } from "./known-grants.ts";

const START = Date.parse("2026-01-01T00:00:00Z");
let time = START;
let looks = 0;

function granted(expires: Date | null = null): Granted {
  return {
    actor: { name: "token:deploy", role: "editor", kind: "token", id: "1" },
    grant: { kind: "token", id: "1", role: "editor", expires },
  };
}

/** Grants that are remembered, and a lookup that is counted. */
function begin(found: Granted | null = granted()) {
  time = START;
  looks = 0;
  const grants = new KnownGrants(() => time);
  grants.hear(true);
  const ask = (secret = "a") => grants.of(secret, async () => ((looks += 1), found));
  return { grants, ask };
}

it("a secret is looked up once, and each secret by itself", async () => {
  const { ask } = begin();
  expect([await ask(), await ask(), await ask("b")]).toMatchObject([granted(), granted(), granted()]);
  expect(looks).toBe(2);
});

it.each<[string, (grants: KnownGrants) => void]>([
  ["access has changed", (grants) => grants.forget()],
  ["half a minute has passed", () => (time += 30_000)],
  ["changes are not heard any more", (grants) => grants.hear(false)],
])("it is looked up again when %s", async (_what, happens) => {
  const { grants, ask } = begin();
  await ask();
  happens(grants);
  await ask();
  expect(looks).toBe(2);
});

it("it is looked up each time where changes are not heard, where it grants nothing, and once it has expired", async () => {
  const deaf = begin();
  deaf.grants.hear(false);
  await deaf.ask();
  await deaf.ask();
  expect(looks).toBe(2);

  const wrong = begin(null);
  expect([await wrong.ask(), await wrong.ask()]).toEqual([null, null]);
  expect(looks).toBe(2);

  const short = begin(granted(new Date(START + 1_000)));
  await short.ask();
  time += 999;
  await short.ask();
  expect(looks).toBe(1);
  time += 1;
  await short.ask();
  expect(looks).toBe(2);
});

it("what was looked up before a change is not kept after it", async () => {
  const { grants, ask } = begin();
  await grants.of("a", async () => {
    grants.forget();
    return granted();
  });
  await ask();
  expect(looks).toBe(1);
});
