import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { readsAlike } from "./both-versions.ts";

it.each(["on", "Yes", "n", "0755", "0b1", "1_000", "12:30", "1:30.5", "2026-01-31", "1e3.", "<<"])(
  "%j is not read alike",
  (plain) => {
    const read = (version: "1.1" | "1.2") =>
      parse(`? ${plain}\n: {a: 1}`, { version, mapAsMap: true }) as unknown;
    if (plain !== "1e3.") expect(read("1.1")).not.toEqual(read("1.2"));
    expect(readsAlike(plain)).toBe(plain === "1e3.");
  },
);

it("whether text is read alike is what the parser says of it", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[-+]?[.0-9a-fxo_:eEynNYTZ]{1,10}$/), (plain) => {
      fc.pre(!/:$|^[-?]$/.test(plain));
      const read = (version: "1.1" | "1.2") => parse(plain, { version, logLevel: "silent" }) as unknown;
      expect(readsAlike(plain)).toBe(Object.is(read("1.1"), read("1.2")));
    }),
    { numRuns: 3000 },
  );
});
