const cleanups = new Set<() => unknown>();

/** What has to be done if the bench is interrupted from now on, the latest first. @returns ends it */
export function atInterruption(cleanup: () => unknown): () => void {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/** Runs a bench. Told to end in its middle, the process cleans up and ends; told twice, it ends at once. */
export async function interruptible(bench: () => Promise<void>): Promise<void> {
  const signal = await Promise.race([interrupted(), bench()]);
  if (signal === undefined) return;
  console.error(`bench: ended by ${signal}`);
  for (const cleanup of [...cleanups].reverse()) await tryTo(cleanup);
  // Nobody listens any more. An orderly exit would wait for what libraries still do in threads of their own.
  process.kill(process.pid, signal);
}

/** One that fails must not keep the others from running. */
async function tryTo(cleanup: () => unknown): Promise<void> {
  try {
    await cleanup();
  } catch (error) {
    console.error(`bench: ${error}`);
  }
}

const interrupted = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve(name));
  });
