import { describe, expect, it } from "vitest";
import { openApiDocument } from "./openapi.ts";
import type { RouteSpec } from "./route-spec.ts";
import { methodAndPath, ROUTE_KEYS, ROUTES } from "./routes.ts";

interface Operation {
  operationId: string;
  security?: object[];
  parameters: { name: string; in: string; schema: object }[];
  requestBody?: { required: boolean };
  responses: Record<string, object>;
}
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
};

describe("the OpenAPI document", () => {
  it("describes every route with its parameters, body and answer", () => {
    expect(document.openapi).toBe("3.1.0");
    for (const key of ROUTE_KEYS) {
      const { method, path } = methodAndPath(key);
      const spec: RouteSpec = ROUTES[key];
      const operation = document.paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
      expect(operation, key).toBeDefined();
      expect(Object.keys(operation?.responses ?? {}), key).toEqual([String(spec.status ?? 200), "default"]);
      expect(operation?.requestBody !== undefined, key).toBe(spec.body !== undefined);
      if (spec.requires === "open") expect(operation?.security, key).toEqual([]);
      for (const [, name] of path.matchAll(/:(\w+)/g)) {
        expect(operation?.parameters, key).toContainEqual({
          name,
          in: "path",
          required: true,
          schema: { type: "string" },
        });
      }
    }
  });

  it("names each operation once and refers only to schemas that exist", () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((each) => each.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(20);
    for (const [, name = ""] of references) expect(Object.keys(document.components.schemas)).toContain(name);
    expect(JSON.stringify(document)).not.toContain("$defs");
  });

  it("describes query parameters by what they mean", () => {
    const parameters = document.paths["/api/tasks"]?.["get"]?.parameters ?? [];
    expect(parameters.find(({ name }) => name === "limit")?.schema).toEqual({
      type: "integer",
      minimum: 1,
      maximum: 500,
    });
    expect(parameters.find(({ name }) => name === "status")?.schema).toMatchObject({ type: "array" });
  });
});
