import { libbpf, libc, registerPrint } from './libbpf.ts';

const keptLines = 200;
const scratch = Buffer.alloc(1 << 16);
let lines: string[] = [];
let registered = false;

/**
 * libbpf has one print function a process; this one keeps the last lines of what it says (warnings and notes, the
 * verifier's log among them), for the error that follows.
 */
export function captureLibbpfLog(): void {
  lines = [];
  if (registered) return;
  registered = true;
  libbpf.setPrint(
    registerPrint((level, format, args) => {
      const debug = 2;
      if (level >= debug) return 0;
      const length = libc.vsnprintf(scratch, scratch.length, format, args);
      const text = scratch.toString('utf8', 0, Math.min(length, scratch.length - 1));
      lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
      lines = lines.slice(-keptLines);
      return 0;
    }),
  );
}

/** The last lines, most recent last. */
export const lastLibbpfLines = (count: number): readonly string[] => lines.slice(-count);
