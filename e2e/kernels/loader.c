// SPDX-License-Identifier: Apache-2.0
/*
 * The only process of a virtual machine: loads the programs and tells of it on the console, one
 * line a program: "weir: <program> <verified instructions> <microseconds of verification>".
 * /halves has a line "<array> <elements of a half>" for each array of the image.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

#define BPF_LOG_STATS 4
#define LOG_BYTES (1 << 16)

static char log_of[8][LOG_BYTES];

static void off(void)
{
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	_exit(0);
}

static void fail(const char *what, int error)
{
	printf("weir: failed: %s: %s\n", what, strerror(error < 0 ? -error : error));
	off();
}

static int print(enum libbpf_print_level level, const char *format, va_list args)
{
	return level == LIBBPF_WARN ? vprintf(format, args) : 0;
}

/* Where a constant lies in .rodata, or -1. */
static int constant_offset(const struct btf *btf, const char *name)
{
	const struct btf_type *section = btf__type_by_id(btf, btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC));

	for (int i = 0; i < btf_vlen(section); i++) {
		const struct btf_var_secinfo *variable = btf_var_secinfos(section) + i;
		const struct btf_type *type = btf__type_by_id(btf, variable->type);

		if (!strcmp(btf__name_by_offset(btf, type->name_off), name))
			return variable->offset;
	}
	return -1;
}

/* The .rodata map has a name that begins with the object's. */
static char *constants_of(struct bpf_object *object)
{
	struct bpf_map *map;
	size_t size;

	bpf_object__for_each_map(map, object)
	{
		const char *name = bpf_map__name(map), *dot = strchr(name, '.');

		if (dot && !strcmp(dot, ".rodata"))
			return (char *)bpf_map__initial_value(map, &size);
	}
	return NULL;
}

static void set_sizes(struct bpf_object *object)
{
	char *constants = constants_of(object), array[32], name[64];
	FILE *halves = fopen("/halves", "r");
	unsigned half;

	if (!halves || !constants)
		fail("sizes", ENOENT);
	while (fscanf(halves, "%31s %u", array, &half) == 2) {
		struct bpf_map *map;
		int offset;

		snprintf(name, sizeof(name), "weir_%s", array);
		map = bpf_object__find_map_by_name(object, name);
		snprintf(name, sizeof(name), "cfg_half_%s", array);
		offset = constant_offset(bpf_object__btf(object), name);
		if (!map || offset < 0)
			fail(name, ENOENT);
		bpf_map__set_max_entries(map, half * 2);
		memcpy(constants + offset, &half, sizeof(half));
	}
	fclose(halves);
}

/* The numbers in the verifier's closing lines. */
static void tell(const char *program, const char *log)
{
	const char *processed = strstr(log, "processed "), *took = strstr(log, "verification time ");

	if (!processed)
		fail(program, ENODATA);
	printf("weir: %s %lu %lu\n", program, strtoul(processed + strlen("processed "), NULL, 10),
	       took ? strtoul(took + strlen("verification time "), NULL, 10) : 0);
}

int main(void)
{
	struct bpf_program *program;
	struct bpf_object *object;
	int count = 0, error;

	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print);
	object = bpf_object__open_file("/pod.bpf.o", NULL);
	if (!object)
		fail("open", errno);
	set_sizes(object);
	bpf_object__for_each_program(program, object)
	{
		bpf_program__set_log_level(program, BPF_LOG_STATS);
		bpf_program__set_log_buf(program, log_of[count++], LOG_BYTES);
	}
	error = bpf_object__load(object);
	count = 0;
	bpf_object__for_each_program(program, object)
	{
		if (error)
			printf("%s", log_of[count]);
		else
			tell(bpf_program__name(program), log_of[count]);
		count++;
	}
	if (error)
		fail("load", error);
	printf("weir: loaded\n");
	off();
}
