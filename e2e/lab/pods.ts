import { announceAddress } from './announce.ts';
import { buildNamespaces, removeNamespaces } from './build.ts';
import { runCommand } from './command.ts';
import { LabError } from './errors.ts';
import { replaceFile } from './files.ts';
import { readLabManifests } from './manifests.ts';
import { type LabPlan, type LabPod, replanPods } from './plan.ts';
import { planFile } from './state.ts';
import { wireLatePod } from './wire.ts';
import { Workloads, workloadsOf } from './workload.ts';

/** The pods of a running lab, which come and go with the manifests. */
export class Pods {
  readonly #source: string;
  readonly #workloads = new Workloads();
  #plan: LabPlan;
  #gone: readonly LabPod[] = [];

  constructor(plan: LabPlan, source: string) {
    this.#plan = plan;
    this.#source = source;
  }

  get plan(): LabPlan {
    return this.#plan;
  }

  /** Opens what the pods and the world listen on. */
  serve(): void {
    this.#workloads.set(workloadsOf(this.#plan));
  }

  /**
   * Makes the pods that the manifests have and the lab has not; those that moved or have other addresses are made
   * anew. What could not be made is tried again at the next change.
   * @throws LabError
   */
  async add(): Promise<void> {
    const manifests = readLabManifests(this.#source);
    const [broken] = manifests.broken;
    // Its pods are not known, and they have not ended because of a typing error.
    if (broken !== undefined) throw new LabError('manifest-invalid', `${broken} is no valid YAML`);
    const former = this.#plan;
    const plan = replanPods(former, manifests);
    const isKept = (pod: LabPod): boolean => former.pods.some((other) => isSame(pod, other));
    const gone = former.pods.filter((pod) => !plan.pods.some((other) => isSame(pod, other)));
    const fresh = plan.pods.filter((pod) => !pod.hostNetwork && !isKept(pod));
    const inTheWay = gone.filter((pod) => fresh.some((other) => excludes(pod, other)));
    this.#workloads.set(workloadsOf({ ...plan, pods: plan.pods.filter(isKept) }));
    for (const pod of inTheWay) await this.#removeOne(pod);
    for (const pod of fresh) await this.#makeOne(plan, pod);
    this.#plan = plan;
    this.#gone = [...this.#gone, ...gone.filter((pod) => !inTheWay.includes(pod))];
    this.serve();
    replaceFile(planFile(plan.name), JSON.stringify(plan));
  }

  /** Removes the pods that the manifests no longer have. */
  async remove(): Promise<void> {
    const gone = this.#gone;
    this.#gone = [];
    for (const pod of gone) await this.#removeOne(pod);
  }

  async #makeOne(plan: LabPlan, pod: LabPod): Promise<void> {
    const { own, others } = wireLatePod(plan, pod);
    try {
      await buildNamespaces([own], others);
      for (const address of pod.addresses) await announceAddress(pod.namespace, address);
    } catch (error) {
      await this.#removeOne(pod);
      throw error;
    }
  }

  async #removeOne(pod: LabPod): Promise<void> {
    const node = this.#plan.nodes.find(({ name }) => name === pod.node);
    if (pod.hostNetwork || node === undefined) return;
    // A namespace goes some time after its name; the interface shall go now.
    await runCommand(['ip', '-n', node.namespace, 'link', 'del', pod.veth]);
    await removeNamespaces([pod.namespace]);
  }
}

/** Two pods of one name, or with one address, can't be at the same time. */
const excludes = (pod: LabPod, other: LabPod): boolean =>
  pod.key === other.key || pod.addresses.some((address) => other.addresses.includes(address));

const isSame = (pod: LabPod, other: LabPod): boolean =>
  pod.key === other.key &&
  pod.namespace === other.namespace &&
  pod.node === other.node &&
  pod.addresses.join() === other.addresses.join();
