// Rules of this repository that no linter brings: where SQL, the environment and the clock may be used.

/** A rule that reports every node of the type for which `isWrong` holds. */
function forbid(type, isWrong, message) {
  return {
    meta: { type: "problem", schema: [] },
    create: (context) => ({
      [type]: (node) => {
        if (isWrong(node)) context.report({ node, message });
      },
    }),
  };
}

const isNamed = (node, name) => node.type === "Identifier" && node.name === name;

export default {
  meta: { name: "house" },
  rules: {
    "no-environment": forbid(
      "MemberExpression",
      ({ object, property }) => isNamed(object, "process") && isNamed(property, "env"),
      "Read it in config/env.ts.",
    ),
    "no-sql": forbid(
      "CallExpression",
      ({ callee }) => callee.type === "MemberExpression" && isNamed(callee.property, "query"),
      "SQL is written in server/store; call a function of it.",
    ),
    "no-clock": forbid(
      "NewExpression",
      ({ callee, arguments: given }) => isNamed(callee, "Date") && given.length === 0,
      "lib has no clock: take the time as a parameter.",
    ),
  },
};
