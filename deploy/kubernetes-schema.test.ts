import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "kubernetes-models/apps/v1";
import { CronJob } from "kubernetes-models/batch/v1";
import { Ingress, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, PersistentVolumeClaim, Secret, Service } from "kubernetes-models/v1";
import { expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { manifestFiles } from "./testing/kubernetes.ts";

// The published schemas of Kubernetes by the API version that a manifest names.
const PUBLISHED = {
  Deployment,
  CronJob,
  Ingress,
  NetworkPolicy,
  PodDisruptionBudget,
  ConfigMap,
  PersistentVolumeClaim,
  Secret,
  Service,
};
type Kind = keyof typeof PUBLISHED;
type Manifest = { apiVersion: string; kind: string };

const documents = manifestFiles()
  .flatMap((file) => parseAllDocuments(readFileSync(join(import.meta.dirname, "kubernetes", file), "utf8")))
  .map((document) => document.toJS() as Manifest)
  // kubectl reads this kind, the cluster does not.
  .filter(({ kind }) => kind !== "Kustomization");

const problemOf = (document: Manifest): string | null => {
  const Published = PUBLISHED[document.kind as Kind] as new (data: object) => Manifest & { validate(): void };
  const published = new Published(document);
  if (published.apiVersion !== document.apiVersion)
    return `${document.kind} is not of ${document.apiVersion}`;
  try {
    published.validate();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

it("is valid in the published schemas of Kubernetes", () => {
  expect(documents.map(({ kind }) => kind).sort()).toEqual(expect.arrayContaining(Object.keys(PUBLISHED)));
  expect(documents.map(problemOf).filter((problem) => problem !== null)).toEqual([]);
});

it("which refuse a wrong manifest", () => {
  const [deployment] = documents.filter(({ kind }) => kind === "Deployment");
  const wrong = structuredClone(deployment) as Manifest & { spec: Record<string, unknown> };
  wrong.spec["replicas"] = "two";
  delete wrong.spec["selector"];
  expect(problemOf(wrong)).toMatch(/replicas[^]*selector|selector[^]*replicas/);
});
