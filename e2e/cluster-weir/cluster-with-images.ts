import { join } from 'node:path';
import { ClusterLab, type ClusterLabOptions } from '../cluster/cluster-lab.ts';
import type { ImageProgram } from '../cluster/netlet.ts';
import { repository } from '../lab/process.ts';

/** What the Dockerfiles put into an image, from the working tree. */
const program = (main: string): ImageProgram => ({
  command: ['env', `WEIR_OBJECTS=${join(repository, 'build/bpf')}`, process.execPath, join(repository, main)],
  volumes: true,
});

/** A cluster in which pods can run Weir's images, as config/ names them. */
export const clusterWithImages = (options: ClusterLabOptions = {}): Promise<ClusterLab> =>
  ClusterLab.up({
    proxy: true,
    report: () => undefined,
    images: {
      'weir-operator': program('operator/src/main.ts'),
      'weir-agent': program('node-agent/src/main.ts'),
    },
    ...options,
  });
