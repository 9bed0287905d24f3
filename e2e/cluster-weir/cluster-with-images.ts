import { dirname, join } from 'node:path';
import { ClusterLab, type ClusterLabOptions } from '../cluster/cluster-lab.ts';
import type { ImageProgram } from '../cluster/netlet.ts';
import { repository } from '../lab/process.ts';

const path = [dirname(process.execPath), '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'].join(
  ':',
);

/** What the Dockerfiles put into an image, from the working tree: build/js is made by `make build`. */
const program = (name: string): ImageProgram => ({
  command: [
    'env',
    `PATH=${path}`,
    `WEIR_OBJECTS=${join(repository, 'build/bpf')}`,
    join(repository, 'build/js', `${name}.mjs`),
  ],
  volumes: true,
});

/** A cluster in which pods can run Weir's images, as config/ names them. */
export const clusterWithImages = (options: ClusterLabOptions = {}): Promise<ClusterLab> =>
  ClusterLab.up({
    proxy: true,
    report: () => undefined,
    images: {
      'weir-operator': program('weir-operator'),
      'weir-agent': program('weir-agent'),
    },
    ...options,
  });
