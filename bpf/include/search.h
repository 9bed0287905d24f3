/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * From an address to the value that the image holds for it: a slot, perhaps with VALUE_LOCAL.
 *
 * A call between BPF functions costs 8 ns where the processor's returns have to be protected,
 * so find4 and the first nodes of find6 are inlined. What may follow in find6 is a global
 * function, which the verifier checks once and apart from its callers; it shifts the address
 * instead of keeping a position in it, so that all steps look alike to the verifier. All
 * inlined they cost it 60 times as much.
 */
#pragma once

#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include "config.h"
#include "maps.h"
#include "packed.h"

/* Set bits; the BPF instruction set has none for that. */
static __always_inline __u32 popcount(__u64 word)
{
	word -= (word >> 1) & 0x5555555555555555ull;
	word = (word & 0x3333333333333333ull) + ((word >> 2) & 0x3333333333333333ull);
	word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0full;
	return (word * 0x0101010101010101ull) >> 56;
}

/* Where the run of values of a node that begins at `base` holds the one for `byte`. */
static __always_inline __u32 value_index(const __u64 *changes, const __u8 *cnt, __u32 base, __u32 byte)
{
	__u32 word = (byte >> 6) & 3;

	return base + cnt[word] + popcount(changes[word] << (63 - (byte & 63))) - 1;
}

static __always_inline __u32 step4(__u32 generation, __u32 value, __u32 byte)
{
	const struct node4 *node = element(&weir_node4, generation, cfg_half_node4, value & VALUE_INDEX);

	if (!node)
		return 0;
	return packed_u32(&weir_value4, generation, cfg_half_value4,
			  value_index(node->changes, node->cnt, node->base, byte));
}

static __always_inline __u32 find4(__u32 generation, __u32 address)
{
	__u32 value = packed_u32(&weir_root4, generation, cfg_half_root4, address >> 16);

	if (value & VALUE_NODE) {
		value = step4(generation, value, (address >> 8) & 0xff);
		if (value & VALUE_NODE)
			value = step4(generation, value, address & 0xff);
	}
	return value & ~VALUE_NODE;
}

/* Bytes of an IPv6 address behind the root's two; each inner node takes at least one. */
#define NODE6_DEPTH 14

/* The first `bits` (0 to 56) bits of `word` as a number; a shift by 64 has no meaning, hence two. */
static __always_inline __u64 leading(__u64 word, __u32 bits)
{
	return word >> 1 >> (63 - bits);
}

/* How far a search has come: a value, and what is left of the address. */
struct cursor6 {
	__u64 hi;
	__u64 lo;
	__u32 value;
};

/* Through one node; nonzero where the search ends with `value`. */
static __always_inline int step6(__u32 generation, struct cursor6 *at)
{
	const struct node6 *node;
	__u32 skipped, byte;

	if (!(at->value & VALUE_NODE))
		return 1;
	node = element(&weir_node6, generation, cfg_half_node6, at->value & VALUE_INDEX);
	if (!node) {
		at->value = 0;
		return 1;
	}
	skipped = (node->skip & 7) * 8;
	if (leading(at->hi, skipped) != node->key) {
		at->value = node->miss;
		return 1;
	}
	at->hi = at->hi << skipped | leading(at->lo, skipped);
	at->lo <<= skipped;
	byte = at->hi >> 56;
	at->hi = at->hi << 8 | at->lo >> 56;
	at->lo <<= 8;
	at->value = packed_u32(&weir_value6, generation, cfg_half_value6,
			       value_index(node->changes, node->cnt, node->base, byte));
	return 0;
}

__noinline __u32 find6_further(__u32 generation, __u32 value, __u64 hi, __u64 lo)
{
	struct cursor6 at = {.hi = hi, .lo = lo, .value = value};

	for (int depth = 0; depth < NODE6_DEPTH; depth++)
		if (step6(generation, &at))
			break;
	return at.value & ~VALUE_NODE;
}

static __always_inline __u32 find6(__u32 generation, __u64 hi, __u64 lo)
{
	struct cursor6 at = {.hi = hi << 16 | lo >> 48, .lo = lo << 16};

	at.value = packed_u32(&weir_root6, generation, cfg_half_root6, hi >> 48);
	if (step6(generation, &at) || step6(generation, &at) || step6(generation, &at))
		return at.value & ~VALUE_NODE;
	return at.value & VALUE_NODE ? find6_further(generation, at.value, at.hi, at.lo) : at.value;
}
