import type { Engine } from './engine.ts';

export const engineNames = ['evaluator', 'image', 'kernel'] as const;
export type EngineName = (typeof engineNames)[number];

/** Loads only what the engine needs: the kernel's libraries are not everywhere. */
export async function openEngine(name: EngineName): Promise<Engine> {
  switch (name) {
    case 'evaluator': {
      const { EvaluatorEngine } = await import('./evaluator-engine.ts');
      return new EvaluatorEngine();
    }
    case 'image': {
      const [{ PacketEngine }, { ImageHook }] = await Promise.all([
        import('./packet-engine.ts'),
        import('./image-hook.ts'),
      ]);
      return new PacketEngine(new ImageHook());
    }
    case 'kernel': {
      const [{ PacketEngine }, { KernelHook }] = await Promise.all([
        import('./packet-engine.ts'),
        import('./kernel-hook.ts'),
      ]);
      return new PacketEngine(new KernelHook());
    }
  }
}
