import type { Policy } from "../../constructs/aws/policy";
import type { Decision } from "../../review/iam";
import { connect } from "../support/rgw/client";
import { withRgw } from "../support/rgw/rgw";
import { makeBucket, type Answer, type Bucket } from "./bucket";
import type { Call } from "./call";
import { castAt, type Cast } from "./cast";

/** A running store, and all who put requests to it. */
export interface Store {
  readonly cast: Cast;
  /** Makes a bucket of the owner's. */
  readonly bucket: (name: string, policy?: Policy) => Promise<Bucket>;
  readonly close: () => Promise<void>;
}

/** Starts a store and sees to it that all who will be refused are so for the policy: a bucket for everybody lets them in. */
export async function openStore(kmsKeyIds: readonly string[] = []): Promise<Store> {
  const rgw = await withRgw(kmsKeyIds);
  const to = connect(rgw);
  const close = async () => {
    to.close();
    await rgw.stop();
  };
  try {
    const cast = await castAt(rgw);
    const bucket = async (name: string, policy?: Policy) => {
      const made = await makeBucket(to, cast.owner.keys, name);
      if (policy) await made.put(policy);
      return made;
    };
    await letEverybodyIn(cast, await bucket("open", OPEN));
    return { cast, bucket, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function letEverybodyIn(cast: Cast, open: Bucket): Promise<void> {
  const calls: Call[] = [{ does: "GetObject" }, { does: "GetObject", over: "http" }, { does: "ListObjects" }];
  const { roleElsewhere: _, ...reachable } = cast;
  for (const [name, { keys }] of Object.entries(reachable))
    for (const call of calls)
      if ((await open.ask(call, keys)) !== "let in") throw new Error(`${name} is refused where nobody is`);
}

const OPEN: Policy = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Everybody",
      Effect: "Allow",
      Principal: "*",
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: ["arn:aws:s3:::open", "arn:aws:s3:::open/*"],
    },
  ],
};

/** What must come of a request at a store whose policies are those of AWS: the owner may do what isn't denied. */
export function answerTo(effect: Decision["effect"], who: keyof Cast): Answer {
  return effect === "allow" || (who === "owner" && effect !== "deny") ? "let in" : "refused";
}
