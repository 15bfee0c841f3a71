import { CAPABILITIES } from "./capability";
import { BUCKET_KEEPS, DATABASE_KEEPS } from "./contract";
import { html } from "./escape";
import type { Finding } from "./findings";
import { pictureOf } from "./picture";
import { svgOf } from "./picture-svg";
import type { Review } from "./report";
import type { Result } from "./checks";

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}
code{background:#f3f3f3;padding:0 .2rem}.blocked,.error{color:#b00020}.unknown{color:#a05000}.caution,.warning{color:#7a6000}.note{color:#245}
svg{max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif}svg rect{fill:#f7f7f7;stroke:#888}svg .storage rect{fill:#e8f1ff}svg .logs rect{fill:#eee}
svg .alarm rect{fill:#fdd;stroke:#b00020}svg .key rect{fill:#fff6d6}svg .team rect{fill:#eaf7ea}svg .edge{fill:none;stroke:#667;stroke-width:1.4}
svg .edge.alarm{stroke:#b00020;stroke-width:3}svg .edge.use,svg .edge.network{stroke-dasharray:5 4}
`;

/** The report as one HTML page without scripts or anything from elsewhere; every text from a file is escaped. */
export function htmlPage(reviews: readonly Review[]): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width">`,
    `<title>Storage review</title><style>${STYLE}</style></head><body>`,
    ...reviews.map(one),
    "</body></html>\n",
  ].join("\n");
}

function one(review: Review): string {
  const { deployment, verdict, counts, file } = review;
  const { errors, unknowns, warnings, notes } = counts;
  return [
    `<h1>${html(deployment)}: <span class="${verdict.replace(" ", "-")}">${verdict}</span></h1>`,
    `<p><code>${html(file)}</code> · ${errors} errors · ${unknowns} unknowns · ${warnings} warnings · ${notes} notes. Made from files alone: it doesn't say that anything is safe.</p>`,
    svgOf(pictureOf(review)),
    section("Findings", list(review.findings.map(finding))),
    section("What changed", changes(review)),
    section("Who can do what", access(review)),
    section("Who can read whose files", isolation(review)),
    section("Every statement in words", statements(review)),
    section(
      "What can't be undone",
      list([...review.irreversible.map(({ what, why }) => `${html(what)}. ${html(why)}`), html(review.state)]),
    ),
    section(
      "What these files don't tell",
      unknowns === 0 ? "<p>Nothing that touches access.</p>" : unknownTable(review),
    ),
    section("W&amp;B's contract", checks(review.results.filter(({ kind }) => kind === "contract"))),
    section("Controls", checks(review.results.filter(({ kind }) => kind === "control"))),
  ].join("\n");
}

const section = (title: string, body: string) => (body ? `<h2>${title}</h2>\n${body}` : "");
const list = (items: readonly string[]) =>
  items.length ? `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>` : "";
const row = (cells: readonly string[], tag = "td") =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<table>${row(head.map(html), "th")}${rows.map((cells) => row(cells)).join("")}</table>`;
}

function finding({ severity, title, message, fix, rule, storage, address }: Finding): string {
  const where = [storage, address]
    .filter((text) => text !== undefined)
    .map((text) => `<code>${html(text)}</code>`)
    .join(" ");
  return `<span class="${severity}">${severity}</span> <b>${html(title)}</b> (<code>${html(rule)}</code>) ${where}: ${html(message)}${fix ? ` <i>Fix:</i> ${html(fix)}` : ""}`;
}

function access({ access: rows }: Review): string {
  const body = rows.map(({ storage, principal, cells }) => [
    `<code>${html(storage)}</code>`,
    `${html(principal.label)}${principal.note ? `<br><small>${html(principal.note)}</small>` : ""}`,
    ...CAPABILITIES.map((name) => {
      const { answer, limits, because } = cells[name];
      const notes = answer === "unknown" ? because : limits.map(({ text }) => text);
      return `${answer}${notes.length ? `<br><small>${notes.map(html).join("<br>")}</small>` : ""}`;
    }),
  ]);
  return body.length
    ? table(["storage", "principal", ...CAPABILITIES], body)
    : "<p>No policy in these files lets anyone in.</p>";
}

function isolation({ isolation: value }: Review): string {
  const kept = list([
    `In W&amp;B's database: ${DATABASE_KEEPS.map(html).join(", ")}`,
    `In the bucket: ${BUCKET_KEEPS.map(html).join(", ")}`,
  ]);
  if (!value) return `<p>Who uses which storage is not declared in these files.</p>${kept}`;
  const names = value.parties.map(({ name }) => name);
  const body = names.map((name, reader) => [
    html(name),
    ...(value.matrix[reader] ?? []).map(
      ({ answer, why }) =>
        `<span title="${html(why)}">${answer === "shared" ? "not isolated by storage" : answer}</span>`,
    ),
  ]);
  return table(["reads ↓ files of →", ...names], body) + list(value.statements.map(html)) + kept;
}

function statements({ statements: all }: Review): string {
  return list(
    all.map(({ storage, name, sentence, why, without, allowed, refused }) => {
      const examples = [allowed && `Allowed: ${html(allowed)}.`, refused && `Refused: ${html(refused)}.`]
        .filter(Boolean)
        .join(" ");
      return `<code>${html(storage)}</code> <b>${html(name)}</b>: ${html(sentence)} Why: ${html(why)} Without it: ${html(without)} ${examples}`;
    }),
  );
}

function changes({ changes: value }: Review): string {
  if (!value) return "";
  const cells = value.access.map(({ storage, principal, capability, change, before, after }) =>
    [storage, principal, capability, change, before, after].map(html),
  );
  const resources = value.resources.map(({ address, change, attributes, holdsData }) =>
    [address, change, attributes.join(", "), holdsData ? "files" : ""].map(html),
  );
  return [
    `<p>Against <code>${html(value.against)}</code>; ${value.unchangedCells} access cells are unchanged.</p>`,
    list(value.losses.map((loss) => `<span class="error">${html(loss)}</span>`)),
    cells.length ? table(["storage", "principal", "can", "change", "before", "after"], cells) : "",
    resources.length ? table(["resource", "change", "attributes", "holds"], resources) : "",
  ].join("");
}

function unknownTable({ unknowns }: Review): string {
  return table(
    ["where", "what", "why"],
    unknowns.map(({ address, what, why }) => [address, what, why].map(html)),
  );
}

function checks(results: readonly Result[]): string {
  const body = results.map(({ storage, title, controls, outcome }) => {
    const said = "message" in outcome ? outcome.message : "reason" in outcome ? outcome.reason : "";
    return [`<code>${html(storage)}</code>`, html(title), controls.map(html).join(", "), outcome.state, html(said)];
  });
  return body.length ? table(["storage", "check", "controls", "answer", ""], body) : "";
}
