import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterLab } from '../cluster/cluster-lab.ts';
import { type CommandResult, runCommand } from '../lab/command.ts';
import { inNamespaceCommand, repository } from '../lab/process.ts';

/** A shell of an administrator in the repository's folder, with the kubectl and weir-operator of a cluster. */
export class Shell {
  readonly #programs = mkdtempSync(join(tmpdir(), 'weir-shell-'));
  readonly #kubeconfig: string;

  constructor({ control, plan }: ClusterLab) {
    this.#kubeconfig = control.kubeconfig;
    const namespace = plan.control?.namespace ?? '';
    const operator = [process.execPath, join(repository, 'operator/src/main.ts')];
    for (const [name, command] of [
      ['kubectl', [control.binaries.kubectl]],
      ['weir-operator', operator],
    ] as const) {
      const script = `#!/bin/sh\nexec ${inNamespaceCommand(namespace, command).join(' ')} "$@"\n`;
      writeFileSync(join(this.#programs, name), script, { mode: 0o755 });
    }
  }

  /** @returns what all of it says, with the exit code of the first command that fails */
  run(script: string): Promise<CommandResult> {
    const environment = [`PATH=${this.#programs}:${process.env.PATH}`, `KUBECONFIG=${this.#kubeconfig}`];
    const inFolder = ['env', '-C', repository, ...environment];
    return runCommand([...inFolder, 'bash', '-eu', '-o', 'pipefail', '-c', `exec 2>&1\n${script}`]);
  }

  close(): void {
    rmSync(this.#programs, { recursive: true, force: true });
  }
}
