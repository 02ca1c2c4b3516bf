import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseEnv } from "../config/env.ts";
import { nextRuns } from "../lib/schedule/cron.ts";
import { environmentIn, manifestFiles, ofKind, readManifests } from "./testing/kubernetes.ts";

const deployments = ofKind("Deployment");
const container = (name: string) => {
  const found = deployments.find((one) => one.metadata.name === name)?.spec.template.spec.containers[0];
  if (!found) throw new Error(`no ${name}`);
  return found;
};

it("has manifests that fit the API, all of them applied", () => {
  expect(readManifests().length).toBeGreaterThan(10);
  const [kustomization] = ofKind("Kustomization");
  expect([...(kustomization?.resources ?? []), "kustomization.yaml"].sort()).toEqual(manifestFiles());
});

it("runs web and workers separately, with settings that they accept", () => {
  expect(deployments.map(({ metadata, spec }) => [metadata.name, spec.replicas])).toEqual([
    ["lockstep-web", 2],
    ["lockstep-worker", 2],
  ]);
  for (const [name, role] of [
    ["lockstep-web", "web"],
    ["lockstep-worker", "worker"],
  ] as const) {
    const env = environmentIn(container(name));
    expect(env["ROLE"]).toBe(role);
    expect(() => parseEnv(env)).not.toThrow();
  }
});

it("selects only labels that exist, and names only objects that exist", () => {
  for (const { metadata, spec } of deployments) {
    expect(spec.template.metadata.labels, metadata.name).toEqual(spec.selector.matchLabels);
    const pod = spec.template.spec;
    for (const mount of pod.containers[0].volumeMounts)
      expect(pod.volumes.map(({ name }) => name)).toContain(mount.name);
    for (const mount of pod.initContainers.flatMap(({ volumeMounts }) => volumeMounts))
      expect(pod.volumes.map(({ name }) => name)).toContain(mount.name);
    for (const { configMap } of pod.volumes.filter((volume) => volume.configMap))
      expect(ofKind("ConfigMap").map(({ metadata: { name } }) => name)).toContain(configMap?.name);
    const claims = pod.volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
    for (const claim of claims)
      expect(ofKind("PersistentVolumeClaim").map(({ metadata: { name } }) => name)).toContain(claim);
  }
  const web = deployments[0]?.spec.template.metadata.labels;
  for (const { spec } of ofKind("Service")) expect(web).toMatchObject(spec.selector);
  const budgets = ofKind("PodDisruptionBudget").map(({ spec }) => spec.selector.matchLabels);
  expect(budgets).toEqual(deployments.map(({ spec }) => spec.template.metadata.labels));
  const selected = ofKind("NetworkPolicy").map(({ spec }) => spec.podSelector.matchLabels);
  expect(selected).toEqual(deployments.map(({ spec }) => spec.template.metadata.labels));
  for (const rule of ofKind("Ingress").flatMap(({ spec }) => spec.rules)) {
    const names = rule.http.paths.map(({ backend }) => backend.service);
    for (const { name, port } of names) {
      const service = ofKind("Service").find(({ metadata }) => metadata.name === name);
      expect(service?.spec.ports.map((one) => one.name)).toContain(port.name);
    }
    // Otherwise the ingress's requests would be refused.
    expect(environmentIn(container("lockstep-web"))["PUBLIC_URL"]).toBe(`https://${rule.host}`);
  }
});

it("allows writing only where it is needed", () => {
  for (const { metadata, spec } of deployments) {
    const [only] = spec.template.spec.containers;
    expect(only.securityContext.readOnlyRootFilesystem, metadata.name).toBe(true);
    const mounts = only.volumeMounts.map(({ mountPath }) => mountPath);
    expect(mounts, metadata.name).toEqual(
      metadata.name === "lockstep-worker" ? ["/tmp", "/data", "/schedule"] : ["/tmp", "/data"],
    );
  }
});

it("has a CronJob that calls the cron route through the service", () => {
  const [job] = ofKind("CronJob");
  const [caller] = job?.spec.jobTemplate.spec.template.spec.containers ?? [];
  expect(nextRuns(job?.spec.schedule ?? "", "UTC", new Date("2026-01-01T00:00:00Z"), 1)).toHaveLength(1);
  const url = new URL(caller?.args?.at(-1) ?? "");
  const [service] = ofKind("Service");
  expect([url.hostname, Number(url.port), url.pathname]).toEqual([
    service?.metadata.name,
    service?.spec.ports[0]?.port,
    "/api/cron/sync",
  ]);
  expect(environmentIn(container("lockstep-web"))["ALLOWED_HOSTS"]?.split(",")).toContain(url.hostname);
});

it("puts the first file into a new volume, once, and never over a file that is there", () => {
  const pod = deployments[1]?.spec.template.spec;
  const [seed] = pod?.initContainers ?? [];
  const folder = mkdtempSync(join(tmpdir(), "lockstep-seed-"));
  const file = join(folder, "schedule", "schedule_config.yml");
  try {
    const [given] = ofKind("ConfigMap").filter(({ metadata }) => metadata.name === "lockstep-seed");
    for (const name of ["seed", "schedule"]) mkdirSync(join(folder, name));
    for (const [name, text] of Object.entries(given?.data ?? {}))
      writeFileSync(join(folder, "seed", name), text);
    const start = () => {
      const [shell = "", ...args] = (seed?.command ?? []).map((part) =>
        part.replaceAll("/seed/", `${folder}/seed/`).replaceAll("/schedule/", `${folder}/schedule/`),
      );
      expect(spawnSync(shell, args, { env: { ...process.env, HOSTNAME: "pod-1" } }).status).toBe(0);
      return existsSync(file) ? readFileSync(file, "utf8") : null;
    };
    expect(start()).toBe(given?.data["schedule_config.yml"]);
    writeFileSync(file, "tasks: [] # edited\n");
    expect(start()).toBe("tasks: [] # edited\n");
    rmSync(file);
    expect(start()).toBe(null);
    rmSync(join(folder, "schedule", ".seeded"));
    writeFileSync(file, "tasks: [] # restored\n");
    expect(start()).toBe("tasks: [] # restored\n");
    expect(readdirSync(join(folder, "schedule")).sort()).toEqual([".seeded", "schedule_config.yml"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
