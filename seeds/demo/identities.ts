import { agencies, brands, creators } from './content/index.ts';

/** The issuer of the tokens that a demo hands out; an alliance in production trusts none of it. */
export const DEMO_ISSUER = 'urn:goods-alliance:demo';

/** The key of the alliance itself, beside the keys of the content. */
export const ALLIANCE_KEY = 'alliance:demo';
export const ALLIANCE_NAME = '南北好物联盟';

/** Somebody whom one may be in the demo. */
export interface DemoIdentity {
  /** The subject of the token. */
  readonly id: string;
  readonly title: string;
  /** Whose ready queries fit: a folder of schema/operations. */
  readonly caller: 'creator-app' | 'agency-client' | 'brand-console' | 'operator' | 'shop-system';
  /** The name of the organisation that the identity owns. */
  readonly organisation: string;
  /** The key of that organisation. */
  readonly partyKey: string;
}

/** All of them own their organisation. The shop system is a person here; a real one would use an API key. */
export const demoIdentities: readonly DemoIdentity[] = [
  identity('creator-dapeng', 'Head creator with a managing agency', 'creator-app', 'creator:dapeng'),
  identity('creator-wenwen', 'Ordinary creator on her own', 'creator-app', 'creator:wenwen'),
  identity('agency-bailu', 'Agency that manages creators', 'agency-client', 'agency:bailu'),
  identity('agency-xinghuo', 'Agency that recruits goods', 'agency-client', 'agency:xinghuo'),
  identity('agency-dieshiqiao', 'Agency that runs an industrial belt', 'agency-client', 'agency:dieshiqiao'),
  identity('brand-hebai', 'Owner of a brand', 'brand-console', 'brand:hebai'),
  identity('operator', 'Operator of the alliance', 'operator', ALLIANCE_KEY),
  identity('shop-hebai', "The brand's shop system", 'shop-system', 'brand:hebai'),
];

function identity(id: string, title: string, caller: DemoIdentity['caller'], partyKey: string): DemoIdentity {
  return { id, title, caller, organisation: nameOf(partyKey), partyKey };
}

function nameOf(partyKey: string): string {
  if (partyKey === ALLIANCE_KEY) return ALLIANCE_NAME;
  const party = [...brands, ...creators, ...agencies].find(({ key }) => key === partyKey);
  if (party === undefined) throw new Error(`no party ${partyKey}`);
  return party.name;
}
