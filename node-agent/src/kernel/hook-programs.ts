import { programInfo, queryTcx, tcxEgress, tcxIngress } from './bpf-syscall.ts';
import { libbpf, libc } from './libbpf.ts';
import { filterNames } from './tc-filters.ts';

/** Names of the programs on an interface, by TCX and by clsact. Of TCX only for who has CAP_SYS_ADMIN. */
export function programsOf(ifindex: number): readonly string[] {
  const ids = [tcxIngress, tcxEgress].flatMap((hook) => {
    const found = queryTcx(ifindex, hook);
    return typeof found === 'number' ? [] : found;
  });
  return [...ids.flatMap(nameOf), ...filterNames(ifindex)];
}

function nameOf(id: number): readonly string[] {
  const fd = libbpf.programById(id);
  if (fd < 0) return [];
  try {
    return [programInfo(fd).name];
  } finally {
    libc.close(fd);
  }
}
