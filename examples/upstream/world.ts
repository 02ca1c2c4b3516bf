/** One record of the example, as its API answers it. */
export interface Item {
  id: string;
  updated_at: string;
  [field: string]: unknown;
}

/** The collections, by name; each is in the order in which pages show it. */
export type World = Record<string, Item[]>;

export interface Sizes {
  seed?: number;
  directories?: number;
  /** Of each directory, project and phase: how many hang below it. */
  projects?: number;
  phases?: number;
  elevations?: number;
  tasks?: number;
}

/** Directories with projects, these with phases, these with elevations; and tasks. The same seed gives the same world. */
export function makeWorld(sizes: Sizes = {}): World {
  const { seed = 1, directories = 3, projects = 4, phases = 2, elevations = 2, tasks = 5 } = sizes;
  const random = numbersFrom(seed);
  let second = 0;
  const stamp = () => new Date(Date.UTC(2026, 0, 1) + 1_000 * second++).toISOString();
  const make = (id: string, name: string, more: object): Item => ({ id, name, ...more, updated_at: stamp() });
  const each = <T>(count: number, build: (n: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => build(i + 1));

  const world: World = { directories: [], projects: [], phases: [], elevations: [], tasks: [] };
  world["directories"] = each(directories, (n) => make(`d${n}`, `Directory ${n}`, {}));
  world["projects"] = world["directories"].flatMap((parent) =>
    each(projects, (n) =>
      make(`${parent.id}-p${n}`, `Project ${n}`, {
        directory_id: parent.id,
        budget: Math.round(random() * 1e6) / 100,
      }),
    ),
  );
  world["phases"] = world["projects"].flatMap((parent) =>
    each(phases, (n) => make(`${parent.id}-f${n}`, `Phase ${n}`, { project_id: parent.id, order: n })),
  );
  world["elevations"] = world["phases"].flatMap((parent) =>
    each(elevations, (n) =>
      make(`${parent.id}-e${n}`, `Elevation ${n}`, {
        phase_id: parent.id,
        height_m: Math.round(random() * 300) / 10,
      }),
    ),
  );
  world["tasks"] = each(tasks, (n) => make(`t${n}`, `Task ${n}`, { cron: `${n} 2 * * *`, enabled: true }));
  return world;
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
