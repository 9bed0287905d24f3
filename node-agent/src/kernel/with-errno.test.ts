import assert from 'node:assert/strict';
import koffi from 'koffi';
import { describe, it } from 'mocha';
import { withErrno } from './with-errno.ts';

/** EBADF */
const badDescriptor = 9;

describe('a C function with its errno', () => {
  const libc = koffi.load('libc.so.6');

  it('gives -errno where it fails, and else what it gave', () => {
    const close = withErrno<[fd: number]>(libc.func('int close(int fd)'));
    const lseek = withErrno<[fd: number, offset: number, whence: number]>(
      libc.func('long lseek(int fd, long offset, int whence)'),
    );
    assert.equal(close(-1), -badDescriptor);
    assert.equal(lseek(-1, 0, 0), -badDescriptor);
    const strlen = withErrno<[text: string]>(libc.func('size_t strlen(const char *text)'));
    assert.equal(strlen('four'), 4);
  });
});
