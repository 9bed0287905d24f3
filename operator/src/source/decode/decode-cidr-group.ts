import type { CidrGroup } from '../../model/cidr-group.ts';
import { decodeBlock } from './decode-cidr.ts';
import { decodeLabels, type Metadata } from './decode-metadata.ts';
import type { Field } from './field.ts';

/** cilium.io CiliumCIDRGroup, v2 and v2alpha1. */
export function decodeCidrGroup(root: Field, { name }: Metadata): CidrGroup {
  root.object({ known: ['apiVersion', 'kind', 'metadata', 'spec'] });
  const spec = root.get('spec');
  const list = spec.get('externalCIDRs');
  if (spec.object({ known: ['externalCIDRs'] }) && !list.present)
    spec.refuse('must have externalCIDRs, which may be empty');
  const blocks = list.items().map(decodeBlock);
  const byText = new Map(blocks.filter((block) => block !== undefined).map((block) => [block.text, block]));
  return {
    kind: 'CidrGroup',
    name,
    labels: decodeLabels(root.get('metadata')),
    blocks: [...byText.values()],
  };
}
