/** What is seen of a node that may tell of policy engines, by name. */
export interface Sightings {
  /** Interfaces of the node. */
  readonly interfaces: readonly string[];
  /** Chains of nftables, those of iptables-nft among them: "table/chain"; a table without chains: "table/". */
  readonly chains: readonly string[];
  /** Programs on the hooks of pods' interfaces. */
  readonly programs: readonly string[];
  /** Pins, below the BPF file system. */
  readonly pins: readonly string[];
}

export interface Engine {
  readonly name: 'cilium' | 'calico' | 'aws-network-policy-agent' | 'kube-router' | 'kube-network-policies';
  /** By what it was known: "interface cilium_host". */
  readonly evidence: readonly string[];
  /** False: what was seen may have been left behind by an engine that is gone. */
  readonly active: boolean;
}

interface Sign {
  readonly engine: Engine['name'];
  readonly kind: keyof Sightings;
  readonly pattern: RegExp;
  /** Seen only while the engine enforces. */
  readonly active: boolean;
}

const signs: readonly Sign[] = [
  { engine: 'cilium', kind: 'interfaces', pattern: /^cilium_(host|net|vxlan|geneve)$/, active: true },
  { engine: 'cilium', kind: 'programs', pattern: /^cil_/, active: true },
  { engine: 'cilium', kind: 'chains', pattern: /\/(OLD_)?CILIUM_/, active: false },
  { engine: 'cilium', kind: 'pins', pattern: /^(cilium\/|tc\/globals\/cilium_)/, active: false },
  { engine: 'calico', kind: 'chains', pattern: /\/cali-(FORWARD|INPUT|tw-|fw-)/, active: true },
  { engine: 'calico', kind: 'programs', pattern: /^cali/, active: true },
  { engine: 'calico', kind: 'interfaces', pattern: /^(bpfin|vxlan|vxlan-v6)\.cali(co)?$/, active: true },
  { engine: 'calico', kind: 'pins', pattern: /^tc\/globals\/cali_/, active: false },
  { engine: 'aws-network-policy-agent', kind: 'programs', pattern: /^handle_(in|e)gress/, active: true },
  { engine: 'aws-network-policy-agent', kind: 'pins', pattern: /^globals\/aws\/programs\//, active: true },
  { engine: 'aws-network-policy-agent', kind: 'pins', pattern: /^globals\/aws\/maps\//, active: false },
  {
    engine: 'kube-router',
    kind: 'chains',
    pattern: /\/KUBE-(ROUTER-(FORWARD|INPUT|OUTPUT)|POD-FW-|NWPLCY-)/,
    active: true,
  },
  {
    engine: 'kube-network-policies',
    kind: 'chains',
    pattern: /^(kube|kindnet)-network-policies\//,
    active: true,
  },
];

const singular: Readonly<Record<keyof Sightings, string>> = {
  interfaces: 'interface',
  chains: 'chain',
  programs: 'program',
  pins: 'pin',
};
/** Enough to believe it. */
const mostEvidence = 5;

/** The other policy engines of a node, by name. */
export function nameEngines(seen: Sightings): readonly Engine[] {
  const found = new Map<Engine['name'], { evidence: Set<string>; active: boolean }>();
  for (const { engine, kind, pattern, active } of signs)
    for (const name of seen[kind]) {
      if (!pattern.test(name)) continue;
      const known = found.get(engine) ?? { evidence: new Set(), active: false };
      found.set(engine, known);
      known.active ||= active;
      if (known.evidence.size < mostEvidence) known.evidence.add(`${singular[kind]} ${name}`);
    }
  return [...found]
    .map(([name, { evidence, active }]) => ({ name, evidence: [...evidence], active }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
