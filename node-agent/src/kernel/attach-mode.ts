import type { AttachMode } from '../config.ts';
import { AgentError } from '../errors.ts';
import type { AttachedMode } from './attachments.ts';
import { hasTcx } from './tcx.ts';

/** How this kernel's interfaces are attached to. Throws AgentError `attach` where what is asked for is not there. */
export function attachModeOf(mode: AttachMode): AttachedMode {
  if (mode === 'clsact') return mode;
  const tcx = hasTcx();
  if (!tcx && mode === 'tcx') throw new AgentError('attach', 'this kernel has no TCX (Linux 6.6)');
  return tcx ? 'tcx' : 'clsact';
}
