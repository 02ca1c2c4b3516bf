import { isMap, type Json, type JsonMap, setKey } from "../json.ts";

/**
 * JSON merge patch (RFC 7396): maps are merged at any depth, null removes a key, any other value
 * replaces the one before it.
 */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const result: JsonMap = isMap(target) ? { ...target } : {};
  for (const key of Object.keys(patch)) {
    const change = patch[key] as Json;
    if (change === null) delete result[key];
    else setKey(result, key, mergePatch(Object.hasOwn(result, key) ? result[key] : undefined, change));
  }
  return result;
}
