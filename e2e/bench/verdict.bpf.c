// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0)
/*
 * The look-ups of the bench, each in a loop over 65,536 keys: the product's as its headers have them,
 * the rival's as its header has it. The empty loop is what all of them cost beside.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "search.h"
#include "verdict.h"
#include "rival/two_lpm.h"

/* What the bench writes into the rival's policies for an allowed port. */
#define RIVAL_ALLOW 1

#define KEYS 65536
#define LOOPS (1u << 19)

/* An IPv4 peer in the lower half, a port of TCP in the upper. */
MAPPED_ARRAY(bench_key4, __u64, KEYS);

struct address6 {
	__u64 hi;
	__u64 lo;
};

MAPPED_ARRAY(bench_key6, struct address6, KEYS);

struct lpm6_key {
	__u32 prefixlen;
	__be64 hi;
	__be64 lo;
} __attribute__((packed));

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1 << 20);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct lpm6_key);
	__type(value, __u32);
} bench_lpm6 SEC(".maps");

/* First word of the table in weir_rowidx. */
const volatile __u32 bench_table = 0;

/* Keys for which the product and the rival do not agree. */
__u64 bench_differences = 0;
__u64 bench_sum = 0;

struct loop {
	__u32 next;
	__u64 sum;
};

static __always_inline void *next_key(void *keys, struct loop *loop)
{
	__u32 index = loop->next++ & (KEYS - 1);

	return bpf_map_lookup_elem(keys, &index);
}

static __always_inline __u64 product4(__u64 key)
{
	return judge(0, bench_table, slot_of(find4(0, key), 0), port_index(IPPROTO_TCP, key >> 32));
}

static __always_inline __u64 rival4(__u64 key)
{
	return rival_verdict(bpf_htonl(key), 1, IPPROTO_TCP, bpf_htons(key >> 32));
}

static __always_inline __u32 lpm6(const struct address6 *key)
{
	struct lpm6_key lpm = {.prefixlen = 128, .hi = bpf_cpu_to_be64(key->hi), .lo = bpf_cpu_to_be64(key->lo)};
	__u32 *value = bpf_map_lookup_elem(&bench_lpm6, &lpm);

	return value ? *value : 0;
}

#define STEP(name, keys, type, expression)                                                                             \
	static long name##_step(__u32 index, struct loop *loop)                                                        \
	{                                                                                                              \
		const type *key = next_key(&keys, loop);                                                               \
                                                                                                                       \
		if (key)                                                                                               \
			loop->sum += (expression);                                                                     \
		return 0;                                                                                              \
	}

#define PROGRAM(name)                                                                                                  \
	SEC("tc")                                                                                                      \
	int name(struct __sk_buff *skb)                                                                                \
	{                                                                                                              \
		struct loop loop = {.next = bpf_get_prandom_u32()};                                                    \
                                                                                                                       \
		bpf_loop(LOOPS, name##_step, &loop, 0);                                                                \
		bench_sum += loop.sum;                                                                                 \
		return 0;                                                                                              \
	}

STEP(empty_loop4, bench_key4, __u64, *key)
STEP(empty_loop6, bench_key6, struct address6, key->hi ^ key->lo)
STEP(product_verdict, bench_key4, __u64, product4(*key))
STEP(rival_verdict4, bench_key4, __u64, rival4(*key))
STEP(product_search6, bench_key6, struct address6, find6(0, key->hi, key->lo))
STEP(rival_search6, bench_key6, struct address6, lpm6(key))
PROGRAM(empty_loop4)
PROGRAM(empty_loop6)
PROGRAM(product_verdict)
PROGRAM(rival_verdict4)
PROGRAM(product_search6)
PROGRAM(rival_search6)

static long compare_step(__u32 index, struct loop *loop)
{
	const __u64 *key = next_key(&bench_key4, loop);

	if (key && (product4(*key) & OUTCOME_ALLOW) != (rival4(*key) == RIVAL_ALLOW))
		bench_differences++;
	return 0;
}

SEC("tc")
int compare_verdicts(struct __sk_buff *skb)
{
	struct loop loop = {.next = bpf_get_prandom_u32()};

	bench_differences = 0;
	bpf_loop(KEYS, compare_step, &loop, 0);
	return 0;
}

SEC("tc")
int empty_program(struct __sk_buff *skb)
{
	return TC_ACT_UNSPEC;
}

char _license[] SEC("license") = "Dual BSD/GPL";
