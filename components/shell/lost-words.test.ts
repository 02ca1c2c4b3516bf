import { expect, it } from "vitest";
import { NAMES_OF_FILE, sideNames } from "../../lib/source/side-names.ts";
import { lossInWords, putBackInWords } from "./lost-words.ts";

const lost = (...sides: ("yaml" | "db")[]) => ({
  lost: sides.map((side, i) => ({ task_id: String(i), name: null, side })),
});

it("a halt says which side has lost what, and where it is put back", () => {
  expect(lossInWords(lost("yaml", "yaml"), NAMES_OF_FILE)).toBe(
    "The file no longer has 2 tasks, and the database still does.",
  );
  expect(lossInWords(lost("db"), NAMES_OF_FILE)).toBe(
    "The database no longer has 1 task, and the file still does.",
  );
  expect(lossInWords(lost("db", "yaml"), NAMES_OF_FILE)).toMatch(
    /^The file .* 1 task.* The database no longer has 1 task/,
  );
  expect(lossInWords({}, NAMES_OF_FILE)).toBeNull();
  expect(putBackInWords(lost("yaml", "yaml"), NAMES_OF_FILE)).toBe("Put 2 tasks back in the file");
  expect(putBackInWords(lost("yaml"), sideNames("erp", "http_tasks"))).toBe("Put 1 task back in erp");
  expect(putBackInWords(lost("db"), NAMES_OF_FILE)).toBe("Put 1 task back in the database");
  expect(putBackInWords(lost("db", "yaml"), NAMES_OF_FILE)).toBe("Put 2 tasks back");
});
