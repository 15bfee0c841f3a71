import { nearest, quote, type Fault } from "../issue";

/** Regions of Azure's public cloud. @see https://learn.microsoft.com/azure/reliability/regions-list */
export const LOCATIONS: readonly string[] = [
  ..."eastus eastus2 centralus northcentralus southcentralus westcentralus westus westus2 westus3".split(" "),
  ..."canadacentral canadaeast mexicocentral brazilsouth brazilsoutheast chilecentral".split(" "),
  ..."northeurope westeurope uksouth ukwest francecentral francesouth germanywestcentral germanynorth".split(" "),
  ..."switzerlandnorth switzerlandwest norwayeast norwaywest swedencentral swedensouth denmarkeast".split(" "),
  ..."polandcentral italynorth spaincentral austriaeast belgiumcentral".split(" "),
  ..."uaenorth uaecentral qatarcentral israelcentral southafricanorth southafricawest".split(" "),
  ..."centralindia southindia westindia jioindiawest jioindiacentral indonesiacentral malaysiawest".split(" "),
  ..."eastasia southeastasia japaneast japanwest koreacentral koreasouth".split(" "),
  ..."australiaeast australiasoutheast australiacentral australiacentral2 newzealandnorth".split(" "),
];

/** What is wrong with an Azure region. */
export function locationFaults(location: string): Fault[] {
  if (LOCATIONS.includes(location)) return [];
  const meant = nearest(location, LOCATIONS);
  return [
    {
      message: `Cannot use the location: must be a region of Azure's public cloud, got ${quote(location)}`,
      fix: meant
        ? `Did you mean ${quote(meant)}?`
        : 'Give the name of a region as `az account list-locations` prints it, such as "westeurope".',
      source: "https://learn.microsoft.com/azure/reliability/regions-list",
    },
  ];
}

const GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** What is wrong with the GUID of a thing: a subscription, a tenant, a principal. */
export function guidFaults(what: string, value: string, fix: string): Fault[] {
  if (new RegExp(`^${GUID}$`).test(value)) return [];
  return [{ message: `Cannot use the ${what}: must be a GUID in lower case, got ${quote(value)}`, fix }];
}

/** The parts of an Azure resource's id. */
export interface ResourceId {
  readonly subscription: string;
  readonly resourceGroup: string;
  /** Names of the resource and those around it, the outermost first. */
  readonly names: readonly string[];
}

/** Takes the id of a resource of a type such as `Microsoft.KeyVault/vaults` apart; undefined where it is no such id. */
export function parseResourceId(id: string, type: string): ResourceId | undefined {
  const match = new RegExp(`^${pattern(type)}$`).exec(id);
  if (!match) return undefined;
  const [, subscription = "", resourceGroup = "", ...names] = match;
  return { subscription, resourceGroup, names };
}

/** What is wrong with the id of a resource of a type. */
export function resourceIdFaults(what: string, id: string, type: string): Fault[] {
  if (parseResourceId(id, type)) return [];
  const meant = new RegExp(`^${pattern(type)}/?$`, "i").exec(id);
  const [, subscription = "", resourceGroup = "", ...names] = meant ?? [];
  return [
    {
      message: `Cannot use the ${what}: must be a resource id (${composed("<subscription>", "<group>", type, [])}), got ${quote(id)}`,
      fix: meant
        ? `Write ${composed(subscription.toLowerCase(), resourceGroup, type, names)}: Terraform compares the letters' case.`
        : "Copy the id from the resource's *JSON View* in the Azure portal.",
    },
  ];
}

/** The id of a storage account, known from its names before the account exists. */
export function accountId(props: {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly account: string;
}): string {
  return composed(props.subscription, props.resourceGroup, ACCOUNT_TYPE, [props.account]);
}

export const ACCOUNT_TYPE = "Microsoft.Storage/storageAccounts";
export const WORKSPACE_TYPE = "Microsoft.OperationalInsights/workspaces";
export const SUBNET_TYPE = "Microsoft.Network/virtualNetworks/subnets";
export const VAULT_TYPE = "Microsoft.KeyVault/vaults";

function pattern(type: string): string {
  const name = "([\\w().-]+)";
  const [namespace = "", ...kinds] = type.split("/");
  const tail = kinds.map((kind) => `/${kind}/${name}`).join("");
  return `/subscriptions/(${GUID})/resourceGroups/${name}/providers/${namespace.replaceAll(".", "\\.")}${tail}`;
}

function composed(subscription: string, resourceGroup: string, type: string, names: readonly string[]): string {
  const [namespace, ...kinds] = type.split("/");
  const tail = kinds.map((kind, index) => `/${kind}/${names[index] ?? "<name>"}`).join("");
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${namespace}${tail}`;
}
