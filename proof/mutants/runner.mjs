// A test runner for Stryker that loads the tests once. Stryker's own for vitest starts a worker for each mutant, which
// takes a second or two; to call the tests that reach a mutant takes some milliseconds.
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import { globSync } from "tinyglobby";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** How Stryker spells the end of a test. */
const [SUCCESS, FAILED] = [0, 1];

/** The same cases each time, so that a mutant is killed or not by more than luck. To shrink them would take long. */
fc.configureGlobal({ seed: 20261130, endOnFailure: true });

/** What the tests get in place of these packages. */
const INSTEAD = { vitest: "collect.mjs", "fast-check": "fewer-cases.mjs" };
/** Those take longest that play random stories, and they find what tables do not; so they come last. */
const isLast = (id) => /property|fuzz|^proof/.test(id);

class CollectedTests {
  constructor({ tests, without }, namespace) {
    this.patterns = tests;
    this.without = without;
    this.state = globalThis[namespace] ??= {};
    this.loaded = 0;
    this.times = new Map();
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    const files = globSync(this.patterns).sort();
    const lines = files.map((file) => `begin(${JSON.stringify(file)}); await import("./${file}");`);
    await build({
      stdin: {
        contents: `import { begin, collected } from "vitest";\n${lines.join("\n")}\nexport const tests = collected();`,
        resolveDir: process.cwd(),
        loader: "ts",
      },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      outfile: this.bundle,
      plugins: [
        {
          name: "instead",
          setup: ({ onResolve }) => onResolve({ filter: /^(vitest|fast-check)$/ }, standIn),
        },
      ],
    });
    await this.load();
  }

  get bundle() {
    return join(process.cwd(), "collected-tests.mjs");
  }

  /** The tests anew, with modules that remember nothing. */
  async load() {
    const { tests } = await import(`${pathToFileURL(this.bundle).href}?${++this.loaded}`);
    const taken = tests.filter(({ title }) => !this.without.some((name) => title.endsWith(name)));
    this.tests = new Map(taken.map((test) => [test.id, test.run]));
  }

  async dryRun() {
    const tests = [];
    for (const id of this.tests.keys()) {
      this.state.currentTestId = id;
      const start = performance.now();
      const failureMessage = await this.failureOf(id);
      const timeSpentMs = performance.now() - start;
      this.times.set(id, timeSpentMs);
      const status = failureMessage === null ? SUCCESS : FAILED;
      tests.push({ id, name: id, timeSpentMs, status, failureMessage });
    }
    this.state.currentTestId = undefined;
    return { status: "complete", tests, mutantCoverage: this.state.mutantCoverage };
  }

  async mutantRun({ testFilter = [...this.tests.keys()], activeMutant, hitLimit }) {
    const cost = (id) => (this.times.get(id) ?? 0) + (isLast(id) ? 1e6 : 0);
    const tests = [...testFilter].sort((a, b) => cost(a) - cost(b));
    for (const [n, id] of tests.entries()) {
      let failureMessage = await this.failureUnder(activeMutant.id, id, hitLimit);
      if (this.state.hitCount > hitLimit) return { status: "timeout", reason: "an endless loop" };
      if (failureMessage !== null && (await this.failureOf(id)) !== null) {
        // A module remembers what the mutant, or one before it, has told it.
        await this.load();
        failureMessage = await this.failureUnder(activeMutant.id, id, hitLimit);
        await this.load();
      }
      if (failureMessage !== null)
        return { status: "killed", killedBy: [id], failureMessage, nrOfTests: n + 1 };
    }
    return { status: "survived", nrOfTests: tests.length };
  }

  async failureUnder(mutant, id, hitLimit) {
    Object.assign(this.state, { activeMutant: mutant, hitCount: 0, hitLimit });
    const failure = await this.failureOf(id);
    this.state.activeMutant = undefined;
    return failure;
  }

  async failureOf(id) {
    try {
      await this.tests.get(id)();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

function standIn({ path, importer }) {
  if (importer.startsWith(HERE)) return { path, external: true };
  return { path: join(HERE, INSTEAD[path]) };
}

function create(injector) {
  return injector.provideValue("namespace", "__stryker__").injectFunction(collectedTests);
}
create.inject = ["$injector"];

function collectedTests(options, namespace) {
  return new CollectedTests(options.collected, namespace);
}
collectedTests.inject = ["options", "namespace"];

export const strykerPlugins = [{ kind: "TestRunner", name: "collected", factory: create }];
