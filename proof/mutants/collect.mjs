// Stands for vitest while mutants are tried: it only collects the tests, and the runner calls them again and again.
import {
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
globalThis[GLOBAL_EXPECT] ??= expect;
setState({ assertionCalls: 0 }, expect);

const tests = [];
let path = [];
let befores = [];

/** Where the next tests stand. */
export function begin(file) {
  path = [file];
  befores = [];
}

/** All tests that were collected: their names, which are unique, and what they do. */
export function collected() {
  return tests;
}

export function describe(title, body) {
  const outer = [path, befores];
  path = [...path, title];
  body();
  [path, befores] = outer;
}

export function beforeEach(prepare) {
  befores = [...befores, prepare];
}

export function it(title, ...rest) {
  const name = [...path, title].join(" > ");
  const before = tests.filter(({ title: other }) => other === name).length;
  const steps = [...befores, rest.find((each) => typeof each === "function")];
  const run = async () => {
    for (const step of steps) await step();
  };
  tests.push({ title: name, id: before === 0 ? name : `${name} (${before + 1})`, run });
}

it.each = (cases) => (title, body) => {
  cases.forEach((each, n) => it(`${title} #${n + 1}`, () => body(...(Array.isArray(each) ? each : [each]))));
};
