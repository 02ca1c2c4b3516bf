import { expect, it } from "vitest";
import { fileTitle, NAMES_OF_FILE, sideNames, sideNamesOfAll } from "./side-names.ts";

it("an API is called by the name of its source, and every other side is the file", () => {
  expect(sideNames("erp", "http_tasks")).toMatchObject({ Side: "erp", short: "erp", isFile: false });
  expect(sideNames("main", "yaml-file")).toBe(NAMES_OF_FILE);
  expect(sideNames("main", undefined)).toBe(NAMES_OF_FILE);
});

it("several sources share the word file only where all of them have one", () => {
  const [main, night, erp] = [
    { id: "main", kind: "yaml-file" },
    { id: "night", kind: undefined },
    { id: "erp", kind: "http_tasks" },
  ];
  expect(sideNamesOfAll([])).toBe(NAMES_OF_FILE);
  expect(sideNamesOfAll([main, night])).toBe(NAMES_OF_FILE);
  expect(sideNamesOfAll([erp]).side).toBe("erp");
  expect(sideNamesOfAll([main, erp]).side).toBe("the file or API");
  expect(sideNamesOfAll([erp, { ...erp, id: "crm" }]).side).toBe("the API");
});

it("the page of the text is called File wherever a source may have one", () => {
  const [main, erp, parts] = [
    { id: "main", kind: "yaml-file", object_type: null },
    { id: "erp", kind: "http_tasks", object_type: null },
    { id: "parts", kind: "csv", object_type: "parts" },
  ];
  expect([[], [parts], [main], [main, erp]].map(fileTitle)).toEqual(["File", "File", "File", "File"]);
  expect([[erp], [erp, parts]].map(fileTitle)).toEqual(["YAML", "YAML"]);
});
