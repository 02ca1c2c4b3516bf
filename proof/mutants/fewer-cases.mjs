// Stands for fast-check while mutants are tried: so many cases show a mistake as a rule, and thousands take too long.
import real from "fast-check";

const MOST_CASES = 60;

export default {
  ...real,
  assert: (property, { numRuns = 100, ...others } = {}) =>
    real.assert(property, { ...others, numRuns: Math.min(numRuns, MOST_CASES) }),
};
