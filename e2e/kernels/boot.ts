import { spawn } from 'node:child_process';

/** Boots a kernel in qemu, without KVM, and returns what its console says until it powers off or `seconds` are over. */
export function boot(kernel: string, initrd: string, seconds: number): Promise<string> {
  const machine = spawn(
    'qemu-system-x86_64',
    [
      ...['-accel', 'tcg', '-cpu', 'max', '-m', '512', '-nodefaults', '-display', 'none', '-no-reboot'],
      ...['-serial', 'stdio', '-kernel', kernel, '-initrd', initrd],
      ...['-append', 'console=ttyS0 quiet panic=-1 init=/init rdinit=/init'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return new Promise((resolve, reject) => {
    let said = '';
    const tooLong = setTimeout(() => machine.kill('SIGKILL'), seconds * 1000);
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('latin1');
    };
    machine.stdout.on('data', listen);
    machine.stderr.on('data', listen);
    machine.on('error', reject);
    machine.on('close', () => {
      clearTimeout(tooLong);
      resolve(said);
    });
  });
}
