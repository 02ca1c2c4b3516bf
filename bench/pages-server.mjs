// The API of another system for the benchmark of pulls: a list in pages, and four lists that hang from one another. It makes
// each page from its numbers, so that it keeps nothing in memory and costs little beside what is measured.
import { createServer } from "node:http";

const SIZE = 100;
const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const CHANGED_ONE_OF = 100;
const [DIRECTORIES, PROJECTS, PHASES_OF_EACH, ELEVATIONS_OF_EACH] = [10, 1_000, 10, 3];

let [objects, generation, requests] = [0, 0, 0];
process.on("message", (wish) => {
  if (wish.objects !== undefined) objects = wish.objects;
  if (wish.generation !== undefined) generation = wish.generation;
  const answer = { requests };
  requests = 0;
  process.send?.(answer);
});

/** One of a hundred objects changes with each generation. */
function changedIn(n) {
  if (generation === 0) return 0;
  const last = generation - ((((generation - n) % CHANGED_ONE_OF) + CHANGED_ONE_OF) % CHANGED_ONE_OF);
  return Math.max(0, last);
}

function item(n, fields = {}) {
  const changed = changedIn(n);
  return {
    id: n,
    name: `Object number ${n}`,
    quantity: (n * 7 + changed) % 1_000,
    unit: "piece",
    price: { amount: ((n * 13) % 10_000) / 100, currency: "EUR" },
    tags: ["outdoor", `series-${n % 20}`],
    updated_at: new Date(FIRST_DAY + changed * DAY_MS).toISOString(),
    ...fields,
  };
}

/** How many objects changed since, and the number of the i-th of them. */
function wanted(since) {
  if (since === null) return { total: objects, at: (i) => i };
  // Only what the present generation changed is as new as a later cursor.
  const first = generation % CHANGED_ONE_OF;
  return { total: Math.ceil((objects - first) / CHANGED_ONE_OF), at: (i) => first + i * CHANGED_ONE_OF };
}

function pageOf(params) {
  const { total, at } = wanted(params.get("updated_since"));
  const from = (Number(params.get("page") ?? 1) - 1) * SIZE;
  const count = Math.max(0, Math.min(SIZE, total - from));
  return { total, items: Array.from({ length: count }, (_, i) => item(at(from + i))) };
}

const list = (count, from, fields) =>
  Array.from({ length: count }, (_, i) => item(from + i, fields(from + i)));

function answer({ pathname, searchParams }) {
  const [, type, parent, children] = pathname.split("/");
  if (type === "objects") return pageOf(searchParams);
  if (type === "directories") return { items: list(DIRECTORIES, 0, () => ({})) };
  if (type === "projects" && parent === undefined)
    return { items: list(PROJECTS, 0, (n) => ({ directory_id: n % DIRECTORIES })) };
  const from = Number(parent);
  if (children === "phases") return { items: list(PHASES_OF_EACH, from * PHASES_OF_EACH, () => ({})) };
  return { items: list(ELEVATIONS_OF_EACH, from * ELEVATIONS_OF_EACH, () => ({})) };
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  requests += 1;
  const body = JSON.stringify(answer(new URL(request.url ?? "/", "http://localhost")));
  response
    .writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) })
    .end(body);
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: server.address().port }));
process.on("disconnect", () => process.exit(0));
