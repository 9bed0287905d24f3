/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * From an address to the value that the image holds for it: a slot, perhaps with VALUE_LOCAL.
 *
 * find6 is a global function, which the verifier checks once and apart from its callers, and
 * shifts the address instead of keeping a position in it, so that all steps look alike to the
 * verifier; inlined it costs 60 times as much. find4 has no loop and is inlined: a call
 * between BPF functions costs 8 ns where the processor's returns have to be protected.
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

__noinline __u32 find6(__u32 generation, __u64 hi, __u64 lo)
{
	__u32 value = packed_u32(&weir_root6, generation, cfg_half_root6, hi >> 48);

	hi = hi << 16 | lo >> 48;
	lo <<= 16;
	for (int depth = 0; depth < NODE6_DEPTH; depth++) {
		const struct node6 *node;
		__u32 skipped, byte;

		if (!(value & VALUE_NODE))
			break;
		node = element(&weir_node6, generation, cfg_half_node6, value & VALUE_INDEX);
		if (!node)
			return 0;
		skipped = (node->skip & 7) * 8;
		if (leading(hi, skipped) != node->key) {
			value = node->miss;
			break;
		}
		hi = hi << skipped | leading(lo, skipped);
		lo <<= skipped;
		byte = hi >> 56;
		hi = hi << 8 | lo >> 56;
		lo <<= 8;
		value = packed_u32(&weir_value6, generation, cfg_half_value6,
				   value_index(node->changes, node->cnt, node->base, byte));
	}
	return value & ~VALUE_NODE;
}
