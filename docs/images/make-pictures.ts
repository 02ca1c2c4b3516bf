// `npm run pictures`: takes the pictures of the documents from the running product. Needs a build (`npm run build`).
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { commit, git } from "../../e2e/support/git.ts";
import { Lockstep, OWN_POSTGRES } from "../../e2e/support/lockstep.ts";
import { expectLive } from "../../e2e/support/page.ts";
import { signIn } from "../../e2e/support/sign-in.ts";
import { until } from "../../e2e/support/until.ts";
import { BROWSER_FLAGS, findBrowser } from "../../scripts/browser.ts";

const FOLDER = "docs/images";
const VIEWPORT = { width: 1280, height: 860 };
/** High enough for the dialog to show the whole conflict. */
const DIALOG_VIEWPORT = { width: 1280, height: 990 };
/** The sample without the keys that Lockstep would keep current, so that the diff is the choice and nothing else. */
const SCHEDULE = readFileSync("config/schedule_config.yml", "utf8").replace(/metadata:\n(?: .*\n)+\n/, "");

const browser = await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_FLAGS });
try {
  await takeOneFile(browser);
  await takeManyFiles(browser);
} finally {
  await browser.close();
}

/** A conflict from both edits to the choice, then the pages that show what has happened. */
async function takeOneFile(browser: Browser): Promise<void> {
  const lockstep = await Lockstep.start(OWN_POSTGRES, SCHEDULE);
  try {
    commit(lockstep);
    const page = await open(browser, lockstep);
    // The menu comes a moment after the page.
    await page.getByRole("button", { name: "Views" }).and(page.locator(":enabled")).waitFor();
    await page.screenshot({ path: `${FOLDER}/tasks.png` });

    lockstep.replace("Check that every service answers", "Check that every service answers in time");
    lockstep.replace("timeout_seconds: 10", "timeout_seconds: 20");
    await lockstep.sql(
      "UPDATE tasks SET description = 'Check every service, and page ops', status = 'paused' WHERE id = '2'",
    );
    const open2 = () => lockstep.api<{ total: number }>("GET", "/api/sync/conflicts?state=pending");
    await until("the conflict is found", async () => (await open2()).body.total === 1);
    const before = lockstep.read();
    await page.setViewportSize(DIALOG_VIEWPORT);
    await page.goto(`${lockstep.url}/conflicts`);
    await page
      .getByRole("list", { name: "Open conflicts, oldest first" })
      .getByRole("button")
      .first()
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /Merge/ }).click();
    await dialog.getByLabel("The database row that results").getByText("paused").first().waitFor();
    await page.screenshot({ path: `${FOLDER}/conflict.png` });
    const shot = await dialog.screenshot();
    await dialog.getByRole("button", { name: "Apply" }).click();
    await until("the choice is written", async () => (await open2()).body.total === 0);
    await takeMoment(browser, shot, before, git(lockstep, "diff", "-U1"));

    await page.setViewportSize(VIEWPORT);
    await page.goto(`${lockstep.url}/history`);
    await expectLive(page);
    await page.getByRole("main").getByText("updated").first().waitFor();
    await page
      .getByRole("img", { name: /^Chart/ })
      .locator("svg.recharts-surface")
      .first()
      .waitFor();
    await page.screenshot({ path: `${FOLDER}/history.png` });
  } finally {
    await lockstep.stop();
  }
}

async function takeManyFiles(browser: Browser): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "lockstep-pictures-"));
  const task = (name: string) =>
    `tasks:\n  - id: ${name}-nightly\n    skill_name: ${name}\n    schedule_cron: "0 2 * * *"\n`;
  for (const name of ["plant", "billing", "crm", "reports"])
    writeFileSync(join(home, `${name}.yml`), task(name));
  writeFileSync(
    join(home, "sources.yml"),
    `sources:
  - {id: plant, file: plant.yml, priority: 10, cascade_sync: true}
  - {id: billing, file: billing.yml, depends_on: [plant], sync_interval_minutes: 10}
  - {id: crm, file: crm.yml, depends_on: [billing], sync_interval_minutes: 60}
  - {id: reports, file: reports.yml, depends_on: [plant, crm], sync_interval_minutes: 90}
`,
  );
  const lockstep = await Lockstep.start({ ...OWN_POSTGRES, SOURCES_FILE: join(home, "sources.yml") });
  try {
    const list = () => lockstep.api<{ total: number }>("GET", "/api/tasks?limit=1");
    await until("all files are in", async () => (await list()).body.total === 4);
    const page = await open(browser, lockstep, "/ui/sync-intervals");
    await page.locator("[role=row][data-source]").nth(3).getByText("In step").waitFor();
    await page.screenshot({ path: `${FOLDER}/sources.png` });
  } finally {
    await lockstep.stop();
  }
}

async function open(browser: Browser, lockstep: Lockstep, path = "/"): Promise<Page> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    reducedMotion: "reduce",
    colorScheme: "light",
  });
  await signIn(context, lockstep);
  const page = await context.newPage();
  await page.goto(`${lockstep.url}${path}`);
  await expectLive(page);
  return page;
}

/** The file in an editor before the choice and its diff after it, beside the browser in which it is made. */
async function takeMoment(browser: Browser, shot: Buffer, before: string, diff: string): Promise<void> {
  const font = readFileSync(
    "node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  ).toString("base64");
  const page = await browser.newPage({ viewport: { width: 1560, height: 900 }, deviceScaleFactor: 1.5 });
  await page.setContent(`<style>
    @font-face { font-family: Mono; src: url(data:font/woff2;base64,${font}); }
    body { margin: 0; padding: 20px; display: flex; gap: 20px; align-items: stretch; background: #e7e8ee; width: max-content; }
    .left { display: flex; flex-direction: column; gap: 20px; width: 490px; }
    .window { border-radius: 10px; overflow: hidden; background: #16181d; color: #d5d9e0; box-shadow: 0 4px 18px #0003; }
    .window:first-child { flex: 1; }
    .title { padding: 8px 14px; background: #262a31; color: #aab1bd; font: 13px Mono; }
    pre { margin: 0; padding: 12px 14px; font: 12.5px/1.55 Mono; white-space: pre; }
    .hit { background: #4a3b12; color: #ffe2a0; display: inline-block; width: 100%; } .dim { color: #6d7684; }
    .add { color: #7ee0a0; } .del { color: #ff9c96; }
    img { display: block; border-radius: 12px; box-shadow: 0 4px 18px #0003; }
  </style>
  <div class="left">
    <div class="window"><div class="title">vim schedule.yml</div><pre>${fileLines(before)}</pre></div>
    <div class="window"><div class="title">after Apply: git diff</div><pre>${diffLines(diff)}</pre></div>
  </div>
  <img src="data:image/png;base64,${shot.toString("base64")}">`);
  await page.evaluate(() => document.fonts.ready);
  await page.locator("body").screenshot({ path: `${FOLDER}/moment.png` });
  await page.close();
}

function fileLines(text: string): string {
  return text
    .split("\n")
    .slice(0, 27)
    .map((line, index) => {
      const shown = `<span class="dim">${String(index + 1).padStart(2)}</span> ${escaped(line)}`;
      return /in time|timeout_seconds/.test(line) ? `<span class="hit">${shown}</span>` : shown;
    })
    .join("\n");
}

function diffLines(text: string): string {
  return text
    .split("\n")
    .filter((line) => /^[-+ @](?![-+])/.test(line))
    .map((line) => {
      const kind = line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : "dim";
      return `<span class="${kind}">${escaped(line.replace(/^(@@.*@@).*$/, "$1"))}</span>`;
    })
    .join("\n");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
