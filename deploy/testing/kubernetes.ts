import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

// Strict schemas for the parts of the Kubernetes API that our manifests use. A misspelt or misplaced key,
// which a cluster refuses or silently ignores, is refused here.
const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
  .max(63);
const labels = z.record(z.string(), z.string());
const metadata = z.strictObject({
  name,
  labels: labels.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const selector = z.strictObject({ matchLabels: labels });
const port = z.union([z.number().int().min(1).max(65_535), z.string()]);
const reference = z.strictObject({ name });
const securityContext = z.strictObject({
  allowPrivilegeEscalation: z.literal(false),
  readOnlyRootFilesystem: z.boolean(),
  capabilities: z.strictObject({ drop: z.tuple([z.literal("ALL")]) }),
});

const probe = z
  .strictObject({
    httpGet: z.strictObject({ path: z.string().startsWith("/"), port }).optional(),
    exec: z.strictObject({ command: z.array(z.string()).min(1) }).optional(),
    periodSeconds: z.number().int().optional(),
    timeoutSeconds: z.number().int().optional(),
    failureThreshold: z.number().int().optional(),
    initialDelaySeconds: z.number().int().optional(),
  })
  .refine(({ httpGet, exec }) => (httpGet === undefined) !== (exec === undefined), "either httpGet or exec");

const variable = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name, key: z.string() }) }).optional(),
});

const container = z.strictObject({
  name,
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z.array(variable).default([]),
  envFrom: z
    .array(z.strictObject({ configMapRef: reference.optional(), secretRef: reference.optional() }))
    .default([]),
  ports: z.array(z.strictObject({ name, containerPort: z.number() })).default([]),
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  securityContext,
  volumeMounts: z.array(z.strictObject({ name, mountPath: z.string().startsWith("/") })).default([]),
});
export type Container = z.output<typeof container>;

const podSpec = z.strictObject({
  restartPolicy: z.enum(["Never", "OnFailure"]).optional(),
  automountServiceAccountToken: z.literal(false),
  terminationGracePeriodSeconds: z.number().int().optional(),
  securityContext: z.strictObject({
    runAsNonRoot: z.literal(true),
    runAsUser: z.number().min(1),
    runAsGroup: z.number().min(1),
    fsGroup: z.number().optional(),
    seccompProfile: z.strictObject({ type: z.literal("RuntimeDefault") }),
  }),
  initContainers: z.array(container).default([]),
  containers: z.tuple([container]),
  volumes: z
    .array(
      z.strictObject({
        name,
        emptyDir: z.strictObject({}).optional(),
        configMap: reference.optional(),
        persistentVolumeClaim: z.strictObject({ claimName: name }).optional(),
      }),
    )
    .default([]),
});

const peer = z.strictObject({
  namespaceSelector: selector.optional(),
  podSelector: z.union([selector, z.strictObject({})]).optional(),
});

export const manifest = z.discriminatedUnion("kind", [
  z.strictObject({
    apiVersion: z.literal("v1"),
    kind: z.literal("Secret"),
    metadata,
    type: z.literal("Opaque"),
    stringData: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    apiVersion: z.literal("v1"),
    kind: z.literal("ConfigMap"),
    metadata,
    data: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    apiVersion: z.literal("v1"),
    kind: z.literal("PersistentVolumeClaim"),
    metadata,
    spec: z.strictObject({
      accessModes: z.array(z.enum(["ReadWriteOnce", "ReadWriteMany"])),
      resources: z.strictObject({ requests: z.strictObject({ storage: z.string() }) }),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal("v1"),
    kind: z.literal("Service"),
    metadata,
    spec: z.strictObject({
      selector: labels,
      ports: z.array(z.strictObject({ name, port: z.number(), targetPort: port })),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal("apps/v1"),
    kind: z.literal("Deployment"),
    metadata,
    spec: z.strictObject({
      replicas: z.number().int(),
      selector,
      template: z.strictObject({ metadata: z.strictObject({ labels }), spec: podSpec }),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal("policy/v1"),
    kind: z.literal("PodDisruptionBudget"),
    metadata,
    spec: z.strictObject({
      minAvailable: z.number().optional(),
      maxUnavailable: z.number().optional(),
      selector,
    }),
  }),
  z.strictObject({
    apiVersion: z.literal("networking.k8s.io/v1"),
    kind: z.literal("Ingress"),
    metadata,
    spec: z.strictObject({
      ingressClassName: z.string(),
      tls: z.array(z.strictObject({ hosts: z.array(z.string()), secretName: name })),
      rules: z.array(
        z.strictObject({
          host: z.string(),
          http: z.strictObject({
            paths: z.array(
              z.strictObject({
                path: z.string(),
                pathType: z.enum(["Prefix", "Exact"]),
                backend: z.strictObject({
                  service: z.strictObject({ name, port: z.strictObject({ name }) }),
                }),
              }),
            ),
          }),
        }),
      ),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal("networking.k8s.io/v1"),
    kind: z.literal("NetworkPolicy"),
    metadata,
    spec: z.strictObject({
      podSelector: selector,
      policyTypes: z.array(z.enum(["Ingress", "Egress"])),
      ingress: z.array(
        z.strictObject({
          from: z.array(peer),
          ports: z.array(z.strictObject({ protocol: z.literal("TCP"), port: z.number() })),
        }),
      ),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal("batch/v1"),
    kind: z.literal("CronJob"),
    metadata,
    spec: z.strictObject({
      schedule: z.string(),
      concurrencyPolicy: z.enum(["Forbid", "Allow", "Replace"]),
      successfulJobsHistoryLimit: z.number(),
      failedJobsHistoryLimit: z.number(),
      jobTemplate: z.strictObject({
        spec: z.strictObject({
          backoffLimit: z.number(),
          activeDeadlineSeconds: z.number(),
          template: z.strictObject({ spec: podSpec }),
        }),
      }),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal("kustomize.config.k8s.io/v1beta1"),
    kind: z.literal("Kustomization"),
    namespace: name,
    resources: z.array(z.string()),
  }),
]);
export type Manifest = z.output<typeof manifest>;

const FOLDER = "deploy/kubernetes";

/** Every document of every file, validated. */
export function readManifests(): Manifest[] {
  return manifestFiles().flatMap((file) =>
    parseAllDocuments(readFileSync(join(FOLDER, file), "utf8")).map((document) =>
      manifest.parse(document.toJS()),
    ),
  );
}

export function manifestFiles(): string[] {
  return readdirSync(FOLDER).sort();
}

export function ofKind<Kind extends Manifest["kind"]>(kind: Kind): Extract<Manifest, { kind: Kind }>[] {
  return readManifests().filter((one): one is Extract<Manifest, { kind: Kind }> => one.kind === kind);
}

/** A container's environment; `env` wins over `envFrom`. */
export function environmentIn({ env, envFrom }: Container): Record<string, string> {
  const maps = Object.fromEntries(ofKind("ConfigMap").map(({ metadata: { name: of }, data }) => [of, data]));
  const secrets = Object.fromEntries(
    ofKind("Secret").map(({ metadata: { name: of }, stringData }) => [of, stringData]),
  );
  const from = envFrom.flatMap(({ configMapRef, secretRef }) =>
    Object.entries({ ...maps[configMapRef?.name ?? ""], ...secrets[secretRef?.name ?? ""] }),
  );
  const own = env.map(({ name: of, value, valueFrom }) => [
    of,
    value ?? secrets[valueFrom?.secretKeyRef.name ?? ""]?.[valueFrom?.secretKeyRef.key ?? ""] ?? "",
  ]);
  return Object.fromEntries([...from, ...own]) as Record<string, string>;
}
