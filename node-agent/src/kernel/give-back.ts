import { libc } from './libbpf.ts';

/** Gives the kernel what malloc(3) keeps of freed memory, also between what is in use (malloc_trim(3)). */
export const giveBackFreed = (): void => {
  libc.mallocTrim(0);
};
