import { INSTANCE, isolationOf } from "../../review/isolation";
import { dedicated, saas } from "../support/deployments";
import { synth } from "../support/synth";
import { factsOf } from "./fixture";

/** The seeds' case: the organization and Kappa use the instance's storage, Omega has one of its own. */
const SECURE = { cloud: "aws", account: "111122223333", region: "us-east-1", bucket: "acme-secure" };
const organization = (teams: object, storage: object = {}) => {
  const base = dedicated();
  return factsOf(synth({ ...base, storage: { ...base.storage, secure: SECURE, ...storage }, teams }));
};

function answers(facts: ReturnType<typeof factsOf>) {
  const found = isolationOf(facts);
  if (!found) throw new Error("nothing is attached");
  const { parties, matrix } = found;
  const index = (name: string) => parties.findIndex((party) => party.name.startsWith(name));
  return { reads: (reader: string, owner: string) => matrix[index(reader)]?.[index(owner)]?.answer, ...found };
}

test("Omega's files are Omega's; those of the instance, and so of Kappa, are open to Omega", () => {
  const { reads } = answers(organization({ omega: { storage: "secure" } }));
  expect(reads(INSTANCE, "omega")).toBe("no");
  expect(reads("omega", INSTANCE)).toBe("yes");
  expect(reads("omega", "omega")).toBe("own");
});

test("Kappa is isolated from Omega only by storage of its own", () => {
  const kappa = { ...SECURE, bucket: "acme-kappa" };
  const apart = answers(organization({ omega: { storage: "secure" }, kappa: { storage: "kappa" } }, { kappa }));
  expect([apart.reads("omega", "kappa"), apart.reads("kappa", "omega")]).toEqual(["no", "no"]);
  expect(apart.statements).toContainEqual(expect.stringMatching(/^Isolated by storage of their own: omega, kappa/));
});

test("teams that share a bucket are not isolated, whatever their paths", () => {
  const { reads, statements } = answers(
    organization({ omega: { storage: "secure", path: "a" }, kappa: { storage: "secure", path: "b" } }),
  );
  expect([reads("omega", "kappa"), reads("kappa", "omega")]).toEqual(["shared", "shared"]);
  expect(statements).toContainEqual(
    expect.stringMatching(/Not isolated by storage: omega, kappa share aws:acme-secure, whatever their paths/),
  );
});

test("a team in the instance's bucket is not isolated from the instance", () => {
  const base = dedicated();
  const facts = factsOf(
    synth({
      ...base,
      instance: { storage: "main", path: "shared" },
      teams: { kappa: { storage: "main", path: "kappa" } },
    }),
  );
  const { reads } = answers(facts);
  expect([reads(INSTANCE, "kappa"), reads("kappa", INSTANCE)]).toEqual(["shared", "yes"]);
});

test("on SaaS the instance's files are in W&B's own storage", () => {
  const { parties, reads } = answers(factsOf(synth(saas())));
  expect(parties[0]).toEqual({ name: `${INSTANCE} (in W&B's own storage)`, path: "" });
  expect(reads("omega", INSTANCE)).toBe("yes");
});

test("paths within each other are said to be", () => {
  const base = saas({ overlappingPaths: { allowed: true, reason: "they are one team with two names" } });
  const teams = { omega: { storage: "main", path: "a" }, kappa: { storage: "main", path: "a/b" } };
  const { statements } = answers(factsOf(synth({ ...base, teams })));
  expect(statements).toContainEqual("The path of team kappa lies in that of team omega: they share a folder.");
});

test("nothing is said where nothing is attached", () => {
  expect(isolationOf(factsOf({ resource: { aws_s3_bucket: { b: { bucket: "b" } } } }))).toBeUndefined();
});
