import type { Prefix } from './address.ts';
import type { Protocol } from './endpoint.ts';
import type { Labels } from './labels.ts';

export interface Service {
  readonly kind: 'Service';
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  /** Undefined: it has none, and its backends are whatever its EndpointSlices say. */
  readonly selector: Labels | undefined;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  /** Cluster addresses, whole (/32, /128); none where it is headless. */
  readonly addresses: readonly Prefix[];
  /** Those that clients outside the cluster may use: external ones and those of load balancers. None of `addresses`. */
  readonly externalAddresses: readonly Prefix[];
  readonly ports: readonly ServicePort[];
  /** At cluster addresses only the backends on the client's own node are used. */
  readonly internalTrafficLocal: boolean;
  /** A node that external addresses or node ports are met at sends clients from outside to its own backends. */
  readonly externalTrafficLocal: boolean;
}

export interface ServicePort {
  /** Empty where the service has one port without a name. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** A number, or the name of the pods' ports. */
  readonly targetPort: number | string;
  /** 0: none. */
  readonly nodePort: number;
}

/** Backends of a service, as the control plane found them. */
export interface EndpointSlice {
  readonly kind: 'EndpointSlice';
  readonly namespace: string;
  readonly name: string;
  /** Name of the service, in the same namespace; empty: of none. */
  readonly service: string;
  readonly ports: readonly {
    readonly name: string;
    readonly protocol: Protocol;
    /** 0: every port. */
    readonly port: number;
  }[];
  readonly endpoints: readonly {
    readonly addresses: readonly Prefix[];
    readonly ready: boolean;
    /** Would be ready if it were not terminating. */
    readonly serving: boolean;
    /** Has been told to end and has not ended. */
    readonly terminating: boolean;
    /** Empty where it is not told. */
    readonly node: string;
  }[];
}
