import koffi from 'koffi';
import { withErrno } from './with-errno.ts';

/**
 * The C functions that this folder calls: the distribution's libbpf (1.0 or later, which returns -errno) and a few
 * of libc. Nothing else in the agent touches BPF. Pointers are bigints, 0n is NULL.
 */
const bpf = koffi.load('libbpf.so.1');
const c = koffi.load('libc.so.6');

export type Pointer = bigint;

/** `int (*)(enum libbpf_print_level, const char *format, va_list)`; a va_list is passed as a pointer on both ABIs. */
const printCallback = koffi.proto('int LibbpfPrint(int level, const char *format, void *args)');
const printCallbackPointer = koffi.pointer(printCallback);

type Async<Arguments extends unknown[], Result> = {
  (...args: Arguments): Result;
  readonly async: (...args: [...Arguments, (error: unknown, result: Result) => void]) => void;
};

/** Runs a function on another thread, so that the event loop goes on. */
export const offLoop = <Arguments extends unknown[], Result>(
  call: Async<Arguments, Result>,
  ...args: Arguments
): Promise<Result> =>
  new Promise((resolve, reject) => {
    call.async(...args, (error, result) => (error ? reject(error) : resolve(result)));
  });

type Bytes = Uint8Array;

export const libbpf = {
  setPrint: bpf.func('libbpf_set_print', 'void *', [printCallbackPointer]) as (
    print: bigint | null,
  ) => Pointer,
  /** NULL with errno where it fails. */
  openFile: bpf.func('void *bpf_object__open_file(const char *path, const void *opts)') as (
    path: string,
    opts: Bytes | null,
  ) => Pointer | null,
  /** The same from memory. The bytes are read until the object is closed. */
  openMemory: bpf.func('void *bpf_object__open_mem(const void *bytes, size_t size, const void *opts)') as (
    bytes: Bytes,
    size: number,
    opts: Bytes,
  ) => Pointer | null,
  load: bpf.func('int bpf_object__load(void *object)') as Async<[object: Pointer], number>,
  closeObject: bpf.func('void bpf_object__close(void *object)') as (object: Pointer) => void,
  nextMap: bpf.func('void *bpf_object__next_map(const void *object, const void *map)') as (
    object: Pointer,
    map: Pointer | null,
  ) => Pointer | null,
  nextProgram: bpf.func('void *bpf_object__next_program(const void *object, void *program)') as (
    object: Pointer,
    program: Pointer | null,
  ) => Pointer | null,
  mapName: bpf.func('const char *bpf_map__name(const void *map)') as (map: Pointer) => string,
  mapFd: bpf.func('int bpf_map__fd(const void *map)') as (map: Pointer) => number,
  mapType: bpf.func('int bpf_map__type(const void *map)') as (map: Pointer) => number,
  mapFlags: bpf.func('uint32_t bpf_map__map_flags(const void *map)') as (map: Pointer) => number,
  mapKeySize: bpf.func('uint32_t bpf_map__key_size(const void *map)') as (map: Pointer) => number,
  mapValueSize: bpf.func('uint32_t bpf_map__value_size(const void *map)') as (map: Pointer) => number,
  mapMaxEntries: bpf.func('uint32_t bpf_map__max_entries(const void *map)') as (map: Pointer) => number,
  setMaxEntries: bpf.func('int bpf_map__set_max_entries(void *map, uint32_t entries)') as (
    map: Pointer,
    entries: number,
  ) => number,
  reuseFd: bpf.func('int bpf_map__reuse_fd(void *map, int fd)') as (map: Pointer, fd: number) => number,
  initialValue: bpf.func('void *bpf_map__initial_value(void *map, void *size)') as (
    map: Pointer,
    size: Bytes,
  ) => Pointer | null,
  pinMap: bpf.func('int bpf_map__pin(void *map, const char *path)') as (map: Pointer, path: string) => number,
  programName: bpf.func('const char *bpf_program__name(const void *program)') as (program: Pointer) => string,
  pinProgram: bpf.func('int bpf_program__pin(void *program, const char *path)') as (
    program: Pointer,
    path: string,
  ) => number,
  pin: bpf.func('int bpf_obj_pin(int fd, const char *path)') as (fd: number, path: string) => number,
  openPin: bpf.func('int bpf_obj_get(const char *path)') as (path: string) => number,
  createMap: bpf.func(
    'int bpf_map_create(int type, const char *name, uint32_t key, uint32_t value, uint32_t entries, const void *opts)',
  ) as (
    type: number,
    name: string,
    key: number,
    value: number,
    entries: number,
    opts: Bytes | null,
  ) => number,
  updateElement: bpf.func(
    'int bpf_map_update_elem(int fd, const void *key, const void *value, uint64_t flags)',
  ) as Async<[fd: number, key: Bytes, value: Bytes, flags: number], number>,
  lookupElement: bpf.func('int bpf_map_lookup_elem(int fd, const void *key, _Out_ void *value)') as (
    fd: number,
    key: Bytes,
    value: Bytes,
  ) => number,
  loadProgram: bpf.func(
    'int bpf_prog_load(int type, const char *name, const char *license, const void *insns, size_t count, void *opts)',
  ) as (
    type: number,
    name: string,
    license: string,
    insns: Bytes,
    count: number,
    opts: Bytes | null,
  ) => number,
  /** Waits for a grace period where the hook is TCX, with the lock of all network devices held. */
  createLink: bpf.func(
    'int bpf_link_create(int program, int target, int attachType, const void *opts)',
  ) as Async<[program: number, target: number, attachType: number, opts: Bytes | null], number>,
  updateLink: bpf.func('int bpf_link_update(int link, int program, const void *opts)') as (
    link: number,
    program: number,
    opts: Bytes | null,
  ) => number,
  detachLink: bpf.func('int bpf_link_detach(int link)') as Async<[link: number], number>,
  programById: bpf.func('int bpf_prog_get_fd_by_id(uint32_t id)') as (id: number) => number,
  info: bpf.func('int bpf_obj_get_info_by_fd(int fd, void *info, uint32_t *length)') as (
    fd: number,
    info: Bytes,
    length: Uint32Array,
  ) => number,
  tcHookCreate: bpf.func('int bpf_tc_hook_create(void *hook)') as (hook: Bytes) => number,
  tcHookDestroy: bpf.func('int bpf_tc_hook_destroy(void *hook)') as (hook: Bytes) => number,
  tcAttach: bpf.func('int bpf_tc_attach(const void *hook, void *opts)') as (
    hook: Bytes,
    opts: Bytes,
  ) => number,
  tcDetach: bpf.func('int bpf_tc_detach(const void *hook, const void *opts)') as (
    hook: Bytes,
    opts: Bytes,
  ) => number,
  tcQuery: bpf.func('int bpf_tc_query(const void *hook, void *opts)') as (hook: Bytes, opts: Bytes) => number,
};

export const libc = {
  mmap: c.func(
    'void *mmap(void *address, size_t length, int protection, int flags, int fd, long offset)',
  ) as (
    address: null,
    length: number,
    protection: number,
    flags: number,
    fd: number,
    offset: number,
  ) => Pointer,
  munmap: c.func('int munmap(void *address, size_t length)') as (address: Pointer, length: number) => number,
  close: c.func('int close(int fd)') as (fd: number) => number,
  mallocTrim: c.func('int malloc_trim(size_t pad)') as (pad: number) => number,
  /** flock(2); 0 or -errno. */
  flock: withErrno<[fd: number, operation: number]>(c.func('int flock(int fd, int operation)')),
  vsnprintf: c.func('int vsnprintf(void *buffer, size_t size, const char *format, void *args)') as (
    buffer: Bytes,
    size: number,
    format: string,
    args: Pointer,
  ) => number,
  /** bpf(2): what the kernel answers, or -errno. */
  bpf: withErrno<[number: number, command: number, attributes: Bytes, size: number]>(
    c.func('syscall', 'long', ['long', 'int', 'void *', 'uint']),
  ),
  /** membarrier(2). */
  membarrier: c.func('syscall', 'long', ['long', 'int', 'uint', 'int']) as Async<
    [number: number, command: number, flags: number, cpu: number],
    number
  >,
};

/** Memory that the kernel shares, without a copy; invalid once it is unmapped. */
export const viewMemory = (pointer: Pointer, length: number): ArrayBuffer => koffi.view(pointer, length);

/** Where a buffer lies, for the attributes of bpf(2); the caller keeps it alive. */
export const addressOf = (bytes: Bytes): bigint => BigInt(koffi.address(bytes));

export const registerPrint = (print: (level: number, format: string, args: Pointer) => number): bigint =>
  koffi.register(print, printCallbackPointer);
