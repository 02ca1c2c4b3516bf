import { beforeEach, describe, expect, it } from "vitest";
import type { Actor, Role } from "../../lib/protocol/actor.ts";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { addPerson } from "../web/testing/people.ts";
import { changeView, getViews, removeView, saveView } from "./saved-views.ts";

useDatabase();

const actors = {} as Record<Role, Actor>;
const LATE = { name: "Late", query: "sync=overdue&sort=next", shared: false };
const names = async (actor: Actor) => (await getViews(actor)).views.map(({ name, own }) => `${name} ${own}`);

beforeEach(async () => {
  await pool().query("DELETE FROM access_users");
  for (const role of ["viewer", "editor", "admin"] as const) {
    const { user } = await addPerson(role);
    actors[role] = { kind: "user", name: `user:${user.email}`, id: user.id, role };
  }
});

describe("saved views", () => {
  it("are a person's own until they are shared", async () => {
    const { view } = await saveView(LATE, actors.editor);
    expect(view).toMatchObject({ ...LATE, own: true, owner: "editor@example.com" });
    expect(await names(actors.viewer)).toEqual([]);
    await changeView(view.id, { shared: true }, actors.editor);
    expect((await getViews(actors.viewer)).views).toEqual([{ ...view, shared: true, own: false }]);
  });

  it("come by name, the own ones first", async () => {
    for (const name of ["b", "C", "a"]) await saveView({ ...LATE, name }, actors.viewer);
    await saveView({ ...LATE, name: "A team's", shared: true }, actors.editor);
    expect(await names(actors.viewer)).toEqual(["a true", "b true", "C true", "A team's false"]);
  });

  it("have one name each, for each person", async () => {
    await saveView(LATE, actors.editor);
    await saveView(LATE, actors.viewer);
    await expect(saveView(LATE, actors.editor)).rejects.toMatchObject({ code: "view_exists" });
    const { view } = await saveView({ ...LATE, name: "Later" }, actors.editor);
    await expect(changeView(view.id, { name: "Late" }, actors.editor)).rejects.toMatchObject({
      code: "view_exists",
    });
    expect((await changeView(view.id, { name: "Later", query: "" }, actors.editor)).view.query).toBe("");
  });

  it("are changed and removed by their owner, and removed by an admin when they are shared", async () => {
    const { view } = await saveView({ ...LATE, shared: true }, actors.editor);
    const { view: kept } = await saveView({ ...LATE, name: "Own" }, actors.editor);
    const gone = { code: "not_found" };
    await expect(changeView(view.id, { name: "Mine now" }, actors.admin)).rejects.toMatchObject(gone);
    await expect(removeView(view.id, actors.viewer)).rejects.toMatchObject(gone);
    await expect(removeView(kept.id, actors.admin)).rejects.toMatchObject(gone);
    await removeView(view.id, actors.admin);
    await expect(removeView(view.id, actors.editor)).rejects.toMatchObject(gone);
    expect(await names(actors.editor)).toEqual(["Own true"]);
  });

  it("are shared by editors only, and are for people only", async () => {
    const refused = { code: "forbidden" };
    const shared = { ...LATE, shared: true };
    await expect(saveView(shared, actors.viewer)).rejects.toMatchObject(refused);
    const { view } = await saveView(LATE, actors.viewer);
    await expect(changeView(view.id, { shared: true }, actors.viewer)).rejects.toMatchObject(refused);
    await expect(getViews({ kind: "token", name: "token:deploy", role: "admin" })).rejects.toMatchObject(
      refused,
    );
  });

  it("go with their owner, and are not without number", async () => {
    await pool().query(
      "INSERT INTO saved_views (owner, name, query) SELECT $1, 'view ' || n, '' FROM generate_series(1, 100) n",
      [actors.viewer.id],
    );
    await expect(saveView(LATE, actors.viewer)).rejects.toMatchObject({ code: "invalid_request" });
    await pool().query("DELETE FROM access_users WHERE id = $1", [actors.viewer.id]);
    expect((await pool().query("SELECT FROM saved_views")).rowCount).toBe(0);
  });
});
