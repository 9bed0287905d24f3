export interface InitramfsFile {
  /** Without a leading slash. */
  readonly name: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

const magic = '070701';
const regularFile = 0o100000;

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function entry(index: number, name: string, mode: number, content: Uint8Array): Buffer {
  const fields = [index, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length + 1, 0];
  const header = magic + fields.map((field) => field.toString(16).padStart(8, '0')).join('');
  return Buffer.concat([padded(Buffer.from(`${header}${name}\0`, 'latin1')), padded(Buffer.from(content))]);
}

/** An archive that the kernel unpacks as its first root (Documentation/driver-api/early-userspace/buffer-format.rst). */
export function initramfs(files: readonly InitramfsFile[]): Buffer {
  return Buffer.concat([
    ...files.map((file, index) =>
      entry(index + 1, file.name, regularFile | (file.executable ? 0o755 : 0o644), file.content),
    ),
    entry(0, 'TRAILER!!!', 0, new Uint8Array()),
  ]);
}
