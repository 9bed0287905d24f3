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
   * anew. Where it throws, the lab stays as it is.
   * @throws LabError
   */
  async add(): Promise<void> {
    const manifests = readLabManifests(this.#source);
    const [broken] = manifests.broken;
    // Its pods are not known, and they have not ended because of a typing error.
    if (broken !== undefined) throw new LabError('ManifestInvalid', `${broken} is no valid YAML`);
    const former = this.#plan;
    const plan = replanPods(former, manifests);
    const isKept = (pod: LabPod): boolean => former.pods.some((other) => isSame(pod, other));
    const gone = former.pods.filter((pod) => !plan.pods.some((other) => isSame(pod, other)));
    const fresh = plan.pods.filter((pod) => !pod.hostNetwork && !isKept(pod));
    const again = gone.filter(({ key }) => fresh.some((pod) => pod.key === key));
    // Told before it is made, so that what is made is always found again.
    this.#usePlan(plan);
    this.#workloads.set(workloadsOf({ ...plan, pods: plan.pods.filter(isKept) }));
    for (const pod of again) await this.#removeOne(pod);
    for (const pod of fresh) {
      const { own, others } = wireLatePod(plan, pod);
      await buildNamespaces([own], others);
    }
    this.#gone = [...this.#gone, ...gone.filter((pod) => !again.includes(pod))];
    this.serve();
  }

  /** Removes the pods that the manifests no longer have. */
  async remove(): Promise<void> {
    const gone = this.#gone;
    this.#gone = [];
    for (const pod of gone) await this.#removeOne(pod);
  }

  async #removeOne(pod: LabPod): Promise<void> {
    const node = this.#plan.nodes.find(({ name }) => name === pod.node);
    if (pod.hostNetwork || node === undefined) return;
    // A namespace goes some time after its name; the interface shall go now.
    await runCommand(['ip', '-n', node.namespace, 'link', 'del', pod.veth]);
    await removeNamespaces([pod.namespace]);
  }

  #usePlan(plan: LabPlan): void {
    this.#plan = plan;
    replaceFile(planFile(plan.name), JSON.stringify(plan));
  }
}

const isSame = (pod: LabPod, other: LabPod): boolean =>
  pod.key === other.key &&
  pod.namespace === other.namespace &&
  pod.node === other.node &&
  pod.addresses.join() === other.addresses.join();
