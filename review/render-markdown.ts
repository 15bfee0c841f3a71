import type { Cell, Row } from "./access";
import { CAPABILITIES } from "./capability";
import type { Result } from "./checks";
import { BUCKET_KEEPS, DATABASE_KEEPS } from "./contract";
import type { Changes } from "./diff";
import { md, mdCode } from "./escape";
import type { Finding } from "./findings";
import type { Isolation, Reading } from "./isolation";
import { pictureOf } from "./picture";
import { mermaidOf } from "./picture-mermaid";
import type { Review } from "./report";
import type { Statement } from "./statement";
import { worstOf } from "./verdict";

/** The report as Markdown that GitHub and GitLab render; nothing in it is markup that a name or tag brought along. */
export function markdown(reviews: readonly Review[]): string {
  const parts = [...(reviews.length > 1 ? [overview(reviews)] : []), ...reviews.map(one)];
  return `${parts.join("\n\n")}\n`;
}

const MARK = { blocked: "🔴", unknown: "🟠", caution: "🟡", "no change": "⚪" } as const;
const LEVEL = { error: "🔴", unknown: "🟠", warning: "🟡", note: "🔵" } as const;

function overview(reviews: readonly Review[]): string {
  const verdict = worstOf(reviews.map((review) => review.verdict));
  const rows = reviews.map(({ deployment, type, storages, verdict: own, counts }) => [
    md(deployment),
    type ?? "–",
    String(storages.length),
    `${MARK[own]} ${own}`,
    String(counts.errors),
    String(counts.unknowns),
    String(counts.warnings),
  ]);
  const head = ["deployment", "type", "storages", "verdict", "errors", "unknowns", "warnings"];
  return `# Storage review: ${MARK[verdict]} ${verdict}\n\n${table(head, rows)}`;
}

function one(review: Review): string {
  const { deployment, verdict } = review;
  return [
    `# ${md(deployment)}: ${MARK[verdict]} ${verdict}`,
    headline(review),
    section("What changed", changed(review.changes)),
    section("Who can do what", access(review)),
    section("Who can read whose files", isolation(review.isolation)),
    section("Every statement in words", statements(review.statements)),
    section("What can't be undone", irreversible(review)),
    section("What these files don't tell", unknowns(review)),
    section("W&B's contract", contract(review.results)),
    section("Controls", controls(review.results)),
    section("Picture", `\`\`\`mermaid\n${mermaidOf(pictureOf(review))}\n\`\`\``),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function section(title: string, body: string): string {
  return body && `## ${title}\n\n${body}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;

function headline({ counts, first, findings, type, file, source, kind, storages }: Review): string {
  const { errors, unknowns, warnings, notes, met, unmet, waived } = counts;
  const about = [
    type ? `type ${type}` : "type not declared",
    count(storages.length, "storage"),
    `${kind} ${mdCode(file)}`,
  ];
  const from = source ? ` of ${mdCode(source)}` : "";
  return [
    `${about.join(" · ")}${from}`,
    `${count(errors, "error")} · ${count(unknowns, "unknown")} · ${count(warnings, "warning")} · ${count(notes, "note")} · checks: ${met} met, ${unmet} unmet, ${waived} waived`,
    "Made from files alone: it doesn't say that anything is safe, nor that the cloud is as the files say.",
    first.length ? `**Look at first**\n\n${first.map(finding).join("\n")}` : "",
    findings.length > first.length ? details(`All ${findings.length} findings`, findings.map(finding).join("\n")) : "",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function finding({ severity, title, message, fix, source, storage, address, rule }: Finding): string {
  const where = [storage, address].filter((text) => text !== undefined).map(mdCode);
  const more = source ? ` ([source](${source}))` : "";
  return `- ${LEVEL[severity]} **${md(title)}** (${mdCode(rule)})${where.length ? ` ${where.join(" ")}` : ""}: ${md(message)}${fix ? ` *Fix:* ${md(fix)}` : ""}${more}`;
}

function details(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

const WHO = {
  wandb: "W&B",
  own: "yours",
  service: "service",
  everyone: "🔴 everyone",
  stranger: "🔴 unknown",
} as const;

function access({ access: rows, storages }: Review): string {
  if (!rows.length) return storages.length ? "No policy or binding in these files lets anyone in." : "";
  const limits = new Limits();
  const body = rows.map((row) => [
    mdCode(row.storage),
    md(row.principal.label),
    WHO[row.principal.kind],
    ...cellsOf(row, limits),
  ]);
  const notes = [
    ...new Set(
      rows.flatMap(({ principal }) => (principal.note ? [`${md(principal.label)}: ${md(principal.note)}`] : [])),
    ),
  ];
  return [
    table(["storage", "principal", "who", ...CAPABILITIES], body),
    limits.list(),
    ...(notes.length ? [notes.map((note) => `- ${note}`).join("\n")] : []),
    "What identities of the owning account, project or subscription may do by their own policies is not in these files. On Google Cloud and Azure the service decrypts for whoever may read; *decrypt* there is the use of the key itself.",
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** Limits are long and few: a cell has their numbers. */
class Limits {
  private readonly texts: string[] = [];

  numberOf(text: string): number {
    if (!this.texts.includes(text)) this.texts.push(text);
    return this.texts.indexOf(text) + 1;
  }

  list(): string {
    return this.texts.map((text, index) => `${index + 1}. ${md(text)}`).join("\n");
  }
}

const ANSWER = { yes: "✓", no: "–", unknown: "?" } as const;

function cellsOf({ cells }: Row, limits: Limits): string[] {
  return CAPABILITIES.map((name) => cellText(cells[name], limits));
}

function cellText({ answer, limits: own, because }: Cell, limits: Limits): string {
  const notes = answer === "unknown" ? because : own.map(({ text }) => text);
  const numbers = notes.map((text) => limits.numberOf(text));
  return `${ANSWER[answer]}${numbers.length ? ` <sup>${numbers.join(",")}</sup>` : ""}`;
}

const READING: Readonly<Record<Reading["answer"], string>> = {
  own: "own",
  yes: "yes",
  no: "no",
  shared: "🟡 not isolated by storage",
  unknown: "?",
};

function isolation(value: Isolation | undefined): string {
  const kept = [
    `**In W&B's database, whatever the storage:** ${DATABASE_KEEPS.join(" · ")}`,
    `**In the bucket:** ${BUCKET_KEEPS.join(" · ")}`,
  ].join("\n\n");
  if (!value) return `Who uses which storage is not declared in these files, so this can't be told.\n\n${kept}`;
  const { parties, matrix, statements: said } = value;
  const head = ["reads ↓ files of →", ...parties.map(({ name }) => md(name))];
  const rows = parties.map(({ name }, reader) => [
    md(name),
    ...(matrix[reader] ?? []).map(({ answer }) => READING[answer]),
  ]);
  const where = parties.map(
    ({ name, storage, path }) =>
      `- ${md(name)}: ${storage ? mdCode(`${storage}${path ? `/${path}` : ""}`) : "no storage in these files"}`,
  );
  return [table(head, rows), said.map((text) => `- ${md(text)}`).join("\n"), where.join("\n"), kept].join("\n\n");
}

function statements(all: readonly Statement[]): string {
  const storages = [...new Set(all.map(({ storage }) => storage))];
  return storages
    .map((storage) =>
      details(
        mdCodeHtml(storage),
        all
          .filter((one) => one.storage === storage)
          .map(statement)
          .join("\n"),
      ),
    )
    .join("\n\n");
}

const mdCodeHtml = (text: string) => md(text).replace(/\\(.)/g, "$1");

function statement({ name, address, effect, sentence, why, without, allowed, refused }: Statement): string {
  return [
    `- ${effect === "deny" ? "⛔" : "✅"} **${md(name)}** (${mdCode(address)}): ${md(sentence)}`,
    `  - Why: ${md(why)} Without it: ${md(without)}`,
    allowed || refused
      ? `  - ${[allowed && `Allowed: ${md(allowed)}.`, refused && `Refused: ${md(refused)}.`].filter(Boolean).join(" ")}`
      : "  - No example was found.",
  ].join("\n");
}

function irreversible({ irreversible: all, state }: Review): string {
  const lines = all.map(({ what, why, severity, source }) => {
    return `- ${severity ? `${LEVEL[severity]} ` : ""}${md(what)}. ${md(why)}${source ? ` ([source](${source}))` : ""}`;
  });
  return [...lines, `- ${md(state)}`].join("\n");
}

const CHANGE = { broadened: "🟡 broadened", narrowed: "narrowed" } as const;

function changed(changes: Changes | undefined): string {
  if (!changes) return "";
  const { against, access: cells, resources, losses, unchangedCells } = changes;
  const accessRows = cells.map(({ storage, principal, capability, change, before, after }) => [
    mdCode(storage),
    md(principal),
    capability,
    CHANGE[change],
    md(before),
    md(after),
  ]);
  const resourceRows = resources.map(({ address, change, attributes, holdsData }) => [
    mdCode(address),
    change,
    attributes.map(mdCode).join(", ") || "–",
    holdsData ? "files" : "–",
  ]);
  return [
    `Against ${mdCode(against)}: ${count(cells.length, "access cell")} changed, ${unchangedCells} unchanged; ${count(resources.length, "resource")} changed.`,
    losses.map((loss) => `- 🔴 ${md(loss)}`).join("\n"),
    accessRows.length ? table(["storage", "principal", "can", "change", "before", "after"], accessRows) : "",
    resourceRows.length ? table(["resource", "change", "attributes", "holds"], resourceRows) : "",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function unknowns({ unknowns: all }: Review): string {
  if (!all.length) return "Nothing that touches access: every policy, principal and role can be read.";
  return table(
    ["where", "what", "why"],
    all.map(({ address, what, why }) => [mdCode(address), md(what), md(why)]),
  );
}

const STATE = { met: "✓", unmet: "✗", waived: "waived", "does-not-apply": "n/a", unknown: "?" } as const;

function contract(results: readonly Result[]): string {
  const rows = results.filter(({ kind }) => kind === "contract");
  return checklist(rows, ({ title }) => md(title));
}

function controls(results: readonly Result[]): string {
  const rows = results.filter(({ kind }) => kind === "control");
  return checklist(
    rows,
    ({ title, controls: ids }) => `${md(title)}${ids.length ? `<br>${ids.map(md).join(", ")}` : ""}`,
  );
}

/** One line for each check, one column for each storage. */
function checklist(results: readonly Result[], label: (result: Result) => string): string {
  const storages = [...new Set(results.map(({ storage }) => storage))];
  const checks = [...new Map(results.map((result) => [result.check, result])).values()];
  if (!storages.length) return "";
  const rows = checks.map((check) => [
    label(check),
    ...storages.map((storage) => {
      const found = results.find((result) => result.storage === storage && result.check === check.check);
      return found ? STATE[found.outcome.state] : "";
    }),
  ]);
  const waived = results.flatMap(({ outcome, storage, title }) =>
    outcome.state === "waived" ? [`- ${mdCode(storage)} ${md(title)}: waived, ${md(outcome.reason)}`] : [],
  );
  return [table(["", ...storages.map(mdCode)], rows), ...(waived.length ? [waived.join("\n")] : [])].join("\n\n");
}
