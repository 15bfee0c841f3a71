import ts from "typescript";

/** `npm test` alone must notice an illegal cell that compiles, so the compiler runs here too. */
test("what W&B does not offer does not compile, and what it offers does", () => {
  const { config } = ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const program = ts.createProgram(["test/types/availability.ts"], { ...options, noEmit: true, incremental: false });
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n"));
  expect(errors).toEqual([]);
  expect(program.getSourceFile("test/types/availability.ts")?.text.match(/@ts-expect-error/g)).toHaveLength(13);
}, 60_000);
