import type { ServicesPeer } from '../../model/policy.ts';
import { decodeSelector } from './decode-selector.ts';
import type { Field } from './field.ts';
import { selectorOf } from './scope-selector.ts';
import { ciliumKey } from './selector-keys.ts';

/**
 * One entry of toServices: the backends of services by name, or by the labels of the services, which win where both
 * are given; an entry with neither means no service.
 */
export function decodeServices(field: Field): ServicesPeer | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['k8sService', 'k8sServiceSelector'] });
  const [byName, byLabels] = [field.get('k8sService'), field.get('k8sServiceSelector')];
  const named = byName.present ? decodeNamed(byName) : undefined;
  if (byLabels.present) return decodeSelected(byLabels);
  return byName.present ? named : { kind: 'services', service: { kind: 'name', name: '' }, namespace: '' };
}

function decodeNamed(field: Field): ServicesPeer | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['serviceName', 'namespace'] });
  const name = optionalString(field.get('serviceName'));
  const namespace = optionalString(field.get('namespace'));
  if (name === undefined || namespace === undefined) return undefined;
  return { kind: 'services', service: { kind: 'name', name }, namespace };
}

function decodeSelected(field: Field): ServicesPeer | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['selector', 'namespace'] });
  const namespace = optionalString(field.get('namespace'));
  const requirements = decodeSelector(field.get('selector'), ciliumKey);
  if (requirements === undefined || namespace === undefined) return undefined;
  return { kind: 'services', service: { kind: 'selector', selector: selectorOf(requirements) }, namespace };
}

const optionalString = (field: Field): string | undefined => (field.present ? field.string() : '');
