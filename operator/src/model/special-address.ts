import type { Prefix } from './address.ts';

/** An address of an entity that is neither pod nor node nor world, which no object of Kubernetes names. */
export interface SpecialAddress {
  readonly kind: 'SpecialAddress';
  /** Unique; any text. */
  readonly name: string;
  readonly entity: 'init' | 'unmanaged' | 'health' | 'ingress';
  readonly address: Prefix;
}
