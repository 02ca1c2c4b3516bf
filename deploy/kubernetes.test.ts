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
    const claims = pod.volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
    for (const claim of claims)
      expect(ofKind("PersistentVolumeClaim").map(({ metadata: { name } }) => name)).toContain(claim);
  }
  const web = deployments[0]?.spec.template.metadata.labels;
  for (const { spec } of ofKind("Service")) expect(web).toMatchObject(spec.selector);
  for (const { spec } of ofKind("PodDisruptionBudget")) expect(web).toMatchObject(spec.selector.matchLabels);
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
