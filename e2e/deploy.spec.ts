import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { APP_SPECS, environmentFor, readAppSpec } from "../deploy/testing/app-platform.ts";
import { readCompose } from "../deploy/testing/compose.ts";
import { environmentIn, ofKind } from "../deploy/testing/kubernetes.ts";
import { Container, type Run } from "./support/container.ts";
import { createEmptyDatabase } from "./support/database.ts";
import { Image } from "./support/image.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

/** The variables that a deployment sets in .env. */
const GIVEN = {
  AUTH_SECRET: "9a4e7d10c6b2f8535e0d91ab47c36f82",
  POSTGRES_PASSWORD: "not-used-here",
  API_TOKEN: "f3b1c95a7de24086b9e1d47a52c80f6e",
};
/** With good secrets in the place of the examples, as without them no process starts. */
const filledIn = (env: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.startsWith("replace-me") ? createHash("sha256").update(name).digest("hex") : value,
    ]),
  );
const EDIT = "a description from the API";
let image: Image;
let started: Container[] = [];

test.beforeAll(() => {
  test.setTimeout(240_000);
  image = Image.build();
});
test.afterEach(async () => {
  await Promise.all(started.map((container) => container.stop(20)));
  started = [];
});
test.afterAll(() => image.remove());

async function start(run: Run): Promise<Container> {
  const container = await Container.start(image, run);
  started.push(container);
  return container;
}

/** Checks that an edit over the API of one container arrives in the file of another container. */
async function expectCarried(web: Container, worker: Container, token: string): Promise<void> {
  const { sync } = await web.api<{ sync: { state: string } }>("PATCH", "/api/tasks/1", token, {
    description: EDIT,
  });
  expect(sync.state).toBe("synced");
  expect(readFileSync(join(worker.mounts["/schedule"] ?? "", "schedule_config.yml"), "utf8")).toContain(EDIT);
}

test("with the secrets of the examples as they stand, nothing starts, and each is named", async () => {
  const [described] = ofKind("Deployment").map(({ spec }) => spec.template.spec.containers[0]);
  if (!described) throw new Error("a container");
  const refused = await start({ what: "examples", env: environmentIn(described) })
    .then((container) => container.healthy())
    .then(
      () => "it started",
      (error: Error) => error.message,
    );
  for (const name of ["API_TOKEN", "AUTH_SECRET", "CRON_SECRET"])
    expect(refused).toContain(`${name} is a placeholder; make one with: openssl rand -hex 32`);
});

test("the image's command alone serves everything as a user without privileges, and stops cleanly", async () => {
  test.setTimeout(240_000);
  const { single } = readCompose(GIVEN).services;
  const container = await start({ what: "single", env: single?.environment ?? {} });
  await container.healthy();
  await expectCarried(container, container, GIVEN.API_TOKEN);
  const page = await fetch(`${container.url}/`, { headers: { authorization: `Bearer ${GIVEN.API_TOKEN}` } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("daily-backup");
  expect(await container.stop(seconds(single?.stop_grace_period))).toBe(0);
  expect(await container.exec(["sh", "-c", image.healthCommand])).toBe(1);
});

test("compose: two web processes and two workers start at once on an empty database", async () => {
  test.setTimeout(240_000);
  const { services } = readCompose(GIVEN);
  const DATABASE_URL = await createEmptyDatabase();
  const [data, schedule] = [image.volume("/data"), image.volume("/schedule")];
  const all = await Promise.all(
    ["web", "worker"].flatMap((name) =>
      Array.from({ length: services[name]?.deploy?.replicas ?? 0 }, () =>
        start({
          what: name,
          env: { ...services[name]?.environment, DATABASE_URL },
          mounts: { "/data": data, "/schedule": schedule },
        }),
      ),
    ),
  );
  await Promise.all(all.map((container) => container.healthy()));
  const [one, other, worker] = all;
  if (!one || !other || !worker) throw new Error("two of each");
  await expectCarried(one, worker, GIVEN.API_TOKEN);
  const { task } = await other.api<{ task: { description: string } }>("GET", "/api/tasks/1", GIVEN.API_TOKEN);
  expect(task.description).toBe(EDIT);
  const grace = seconds(services["web"]?.stop_grace_period);
  expect(await Promise.all(all.map((container) => container.stop(grace)))).toEqual([0, 0, 0, 0]);
  expect(await worker.exec(["sh", "-c", image.healthCommand])).toBe(1);
});

test("Kubernetes: probes pass, and the job calls the cron route", async () => {
  test.setTimeout(240_000);
  const DATABASE_URL = await createEmptyDatabase();
  const [web, worker] = await Promise.all(
    ofKind("Deployment").map(async ({ metadata, spec }) => {
      const { containers, terminationGracePeriodSeconds = 30 } = spec.template.spec;
      const [described] = containers;
      const container = await start({
        what: metadata.name,
        env: { ...filledIn(environmentIn(described)), DATABASE_URL },
        command: [...(described.command ?? image.command), ...(described.args ?? [])],
      });
      for (const probe of [described.startupProbe, described.readinessProbe, described.livenessProbe]) {
        const { httpGet, exec } = probe ?? {};
        // The kubelet sends its probes to the pod's address.
        if (httpGet)
          await container.passes(
            async () => (await fetch(`${container.url}${httpGet.path}`).catch(() => null))?.ok ?? false,
          );
        if (exec) await container.passes(async () => (await container.exec(exec.command)) === 0);
      }
      return { container, env: filledIn(environmentIn(described)), grace: terminationGracePeriodSeconds };
    }),
  );
  if (!web || !worker) throw new Error("web and worker");
  await expectCarried(web.container, worker.container, web.env["API_TOKEN"] ?? "");

  const [job] = ofKind("CronJob");
  const caller = job?.spec.jobTemplate.spec.template.spec.containers[0];
  if (!caller) throw new Error("a container");
  const env = filledIn(environmentIn(caller));
  const args = (caller.args ?? []).map((arg) =>
    arg.replace(/\$\((\w+)\)/g, (_, name: string) => env[name] ?? ""),
  );
  const service = new URL(args.at(-1) ?? "").host;
  const { stdout } = await promisify(execFile)(caller.command?.[0] ?? "", [
    "--connect-to",
    `${service}:127.0.0.1:${web.container.port}`,
    ...args,
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ run: { outcome: "succeeded" } });
  for (const { container, grace } of [web, worker]) expect(await container.stop(grace)).toBe(0);
});

test("App Platform: both specs' components become ready", async () => {
  test.setTimeout(240_000);
  const became = APP_SPECS.map(async (name) => {
    const spec = readAppSpec(name);
    const DATABASE_URL = `${await createEmptyDatabase()}?sslmode=disable`;
    const schedule = image.volume("/schedule");
    const given = { "db.DATABASE_URL": DATABASE_URL, APP_URL: "https://lockstep.example.com" };
    const containers = await Promise.all(
      [...spec.services, ...spec.workers].map((component) =>
        start({
          what: component.name,
          env: filledIn(environmentFor(spec, component, given)),
          mounts: { "/schedule": schedule },
        }),
      ),
    );
    const [service] = containers;
    if (!service) throw new Error("a service");
    const path = spec.services[0]?.health_check.http_path ?? "";
    await service.passes(async () => (await fetch(`${service.url}${path}`).catch(() => null))?.ok ?? false);
    const status = () =>
      service.api<{ sync_status: string }>("GET", "/api/sync/status", token(spec)).catch(() => null);
    await until("both sides are in step", async () => (await status())?.sync_status === "synced", 30_000);
    return Promise.all(containers.map((container) => container.stop(20)));
  });
  expect((await Promise.all(became)).flat()).toEqual([0, 0, 0]);
});

function token(spec: ReturnType<typeof readAppSpec>): string {
  const envs = [...spec.envs, ...spec.services.flatMap(({ envs }) => envs)];
  const API_TOKEN = envs.find(({ key }) => key === "API_TOKEN")?.value ?? "";
  return filledIn({ API_TOKEN })["API_TOKEN"] ?? "";
}

function seconds(text: string | undefined): number {
  return Number(/^(\d+)s$/.exec(text ?? "")?.[1]);
}
