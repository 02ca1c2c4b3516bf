import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import ts from "typescript";

/** What the documents may name: files, folders, declared names, titles of tests, and words of the code. */
export interface Source {
  files: string[];
  folders: string[];
  /** Names that a file declares: functions, types, constants, classes, their members and parameters. */
  declared: Map<string, Set<string>>;
  /** Titles of `describe`, `it` and `test`, by test file. */
  titles: Map<string, Set<string>>;
  /** Words that occur in the code: identifiers, words of strings, and all of SQL, YAML and shell. */
  words: Set<string>;
}

const IGNORED = [
  "node_modules",
  ".next",
  "data",
  "server/store/generated",
  "test-results",
  "playwright-report",
];
const TESTERS = new Set(["describe", "it", "test"]);

export function readSource(): Source {
  const files = globSync("**/*", { ignore: IGNORED.map((name) => `${name}/**`), dot: true })
    .filter((path) => !path.startsWith(".git/"))
    .sort();
  const source: Source = {
    files,
    folders: [...new Set(files.flatMap(foldersOf))],
    declared: new Map(),
    titles: new Map(),
    words: new Set(),
  };
  for (const path of files) {
    if (/\.(?:[cm]?[jt]s|tsx)$/.test(path) && !path.startsWith("docs/")) readCode(source, path);
    else if (/\.(?:sql|ya?ml|sh|prisma)$|^package\.json$|^Dockerfile$/.test(path)) {
      addWords(source.words, readFileSync(path, "utf8"));
    }
  }
  return source;
}

/** Every folder that a path lies in: `a/b/c.ts` is in `a` and in `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function readCode(source: Source, path: string): void {
  const declared = new Set<string>();
  const titles = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) source.words.add(node.text);
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      addWords(source.words, node.text);
    }
    const name = (node as Partial<ts.NamedDeclaration>).name;
    // An import is a use of the name, not its home.
    const imported = ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node);
    if (name && !imported && (ts.isIdentifier(name) || ts.isStringLiteral(name))) declared.add(name.text);
    if (ts.isCallExpression(node)) addTitle(node, titles);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest));
  source.declared.set(path, declared);
  if (/\.(?:test|spec)\.tsx?$/.test(path)) source.titles.set(path, titles);
}

/** `it("title", ...)`, and `it.each(table)("title", ...)`. */
function addTitle(call: ts.CallExpression, titles: Set<string>): void {
  let callee: ts.Expression = call.expression;
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) callee = callee.expression;
  const [title] = call.arguments;
  if (!ts.isIdentifier(callee) || !TESTERS.has(callee.text) || !title) return;
  if (ts.isStringLiteralLike(title)) titles.add(title.text);
}

function addWords(words: Set<string>, text: string): void {
  for (const word of text.match(/[A-Za-z_$][\w$]*/g) ?? []) words.add(word);
}
