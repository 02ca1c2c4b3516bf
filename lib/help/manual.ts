/** A document that the interface shows under `/help/<page>`. */
export interface ManualPage {
  page: string;
  /** From the root of the program. */
  path: string;
  title: string;
  about: string;
}

const inDocs = (page: string, title: string, about: string): ManualPage => ({
  ...{ page, path: `docs/${page}.md`, title, about },
});

/** The documents for people who use or run Lockstep, in the order in which they are listed. */
export const MANUAL: readonly ManualPage[] = [
  inDocs("editing", "Editing on either side", "The file, the browser, the API and SQL"),
  inDocs("conflicts", "Conflicts, safety, undo", "What is asked, what stops, what can be taken back"),
  inDocs("sources", "Sources", "Several files, their settings, rounds and dependencies"),
  inDocs("http-sources", "Objects of other systems", "Collections of an API, and CSV files"),
  inDocs("http-tasks", "Tasks behind an API", "A source that is no file, both ways"),
  inDocs("audit", "Audit", "Who changed what, from where"),
  inDocs("access", "Users, roles, tokens", "Who may do what"),
  inDocs("api", "HTTP API", "Each route, with its answers"),
  inDocs("events", "Events", "What is told over sockets"),
  inDocs("command-line", "Command line and cron", "Checks before a commit, syncs by cron"),
  inDocs("configuration", "Configuration", "Each variable of the environment"),
  inDocs("deployment", "Deployment", "From one machine to a cluster"),
  inDocs("troubleshooting", "Troubleshooting", "Problems, by the code that names them"),
  inDocs("proof", "The proof", "What is guaranteed, and how a simulator tries to break it"),
  {
    page: "spec",
    path: "lib/sync/SPEC.md",
    title: "What a sync decides",
    about: "The rules, and their exceptions",
  },
  {
    page: "security",
    path: "SECURITY.md",
    title: "Security",
    about: "What is protected, how, and how it is tested",
  },
  inDocs("glossary", "Glossary", "One word for each idea"),
];

export function manualPage(page: string): ManualPage | undefined {
  return MANUAL.find((one) => one.page === page);
}

/**
 * Where a link of a document leads in the interface.
 * @param from path of the document that has the link.
 * @param target as it is written there: relative to the document's folder.
 * @returns null when the interface does not show what it leads to.
 */
export function manualLink(from: string, target: string): string | null {
  if (/^(?:https?:|#)/.test(target)) return target;
  const [file = "", anchor] = target.split("#");
  const { pathname } = new URL(file, `https://manual/${from}`);
  const found = MANUAL.find(({ path }) => `/${path}` === pathname);
  return found ? `/help/${found.page}${anchor === undefined ? "" : `#${anchor}`}` : null;
}

/**
 * The anchors of a document's headings, one after the other, as GitHub makes them.
 * @param others anchors that the document has besides.
 */
export function headingAnchors(others: Iterable<string> = []): (heading: string) => string {
  const taken = new Set(others);
  return (heading) => {
    const words = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = words;
    for (let count = 1; taken.has(anchor); count++) anchor = `${words}-${count}`;
    taken.add(anchor);
    return anchor;
  };
}
