import { familyOf } from '../lab/net/family.ts';
import type { LabPlan } from '../lab/plan.ts';
import { findPlace } from '../lab/target.ts';

export interface SketchedPort {
  readonly name?: string;
  readonly protocol?: 'TCP' | 'UDP';
  readonly port: number;
  /** Default: `backendPort`. */
  readonly targetPort?: number | string;
  readonly nodePort?: number;
  /** Where the backends listen. */
  readonly backendPort: number;
}

export interface Conditions {
  readonly ready: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
}

export const notReady: Conditions = { ready: false, serving: false, terminating: false };
/** As of a pod that still serves. */
export const terminating: Conditions = { ready: false, serving: true, terminating: true };

/** A Service of the namespace demo with its EndpointSlices, as the control plane would make them. */
export interface ServiceSketch {
  readonly name: string;
  /** Addresses 10.96.0.NUMBER and fd00:96::NUMBER; undefined: it has no cluster addresses. */
  readonly number?: number;
  readonly ports: readonly SketchedPort[];
  /** Names of pods of the namespace, or addresses. */
  readonly backends: readonly string[];
  /** Of all backends; default: they are ready. */
  readonly conditions?: Conditions;
  /** Of the backends that have others. */
  readonly conditionsOf?: Readonly<Record<string, Conditions>>;
  readonly spec?: object;
  readonly status?: object;
}

const http = { name: 'http', port: 80, backendPort: 8080 } as const;
const dns = { name: 'dns', protocol: 'UDP', port: 53, backendPort: 8053 } as const;
/** Other numbers at the service than at the pods, over both protocols. */
export const bothPorts: readonly SketchedPort[] = [http, dns];

/** Of both families. */
export const addressesOf = (number: number): readonly string[] => [`10.96.0.${number}`, `fd00:96::${number}`];

/** Text of a manifest file. */
export function sketchManifest(plan: LabPlan, sketches: readonly ServiceSketch[]): string {
  const items = sketches.flatMap((sketch) => [
    serviceOf(sketch),
    ...([4, 6] as const).map((family) => sliceOf(plan, sketch, family)),
  ]);
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

function serviceOf({ name, number, ports, spec, status }: ServiceSketch): object {
  const clusterIPs = number === undefined ? ['None'] : addressesOf(number);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'demo' },
    spec: {
      clusterIP: clusterIPs[0],
      clusterIPs,
      ports: ports.map(({ backendPort, ...port }) => ({ targetPort: backendPort, ...port })),
      ...spec,
    },
    status: { ...status },
  };
}

function sliceOf(plan: LabPlan, sketch: ServiceSketch, family: 4 | 6): object {
  const { name, ports, backends, conditions = { ready: true }, conditionsOf = {} } = sketch;
  const endpoints = backends.flatMap((backend) => {
    const pod = plan.pods.find(({ key }) => key === `demo/${backend}`);
    const addresses = pod?.addresses ?? findPlace(plan, backend).addresses;
    return addresses
      .filter((address) => familyOf(address) === family)
      .map((address) => ({
        addresses: [address],
        conditions: conditionsOf[backend] ?? conditions,
        ...(pod && { nodeName: pod.node }),
      }));
  });
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-v${family}`,
      namespace: 'demo',
      labels: { 'kubernetes.io/service-name': name },
    },
    addressType: `IPv${family}`,
    ports: ports.map(({ name: port = '', protocol = 'TCP', backendPort }) => ({
      name: port,
      protocol,
      port: backendPort,
    })),
    endpoints,
  };
}
