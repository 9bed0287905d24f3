import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from '../errors.ts';

/** Writes a file that only its owner may read, whole or not at all. */
export async function writeSealed(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    // An old temporary file keeps the mode that it was made with.
    await file.chmod(0o600);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** Undefined where there is no such file. Throws an OperatorError `certificate-unusable`. */
export async function readSealed(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new OperatorError('certificate-unusable', `${path} can not be read`, error);
  }
}
