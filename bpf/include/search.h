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

static __always_inline const struct node_line *line_of(void *map, __u32 generation, __u32 half, __u32 value)
{
	return element(map, generation, half, (value & NODE_PLACE) >> 1);
}

/*
 * Word `at` of a line. Clang leaves out a mask that it sees no need for; the verifiers before
 * 6.12 would not see why there is none.
 */
static __always_inline __u32 word_of(const struct node_line *line, __u32 at)
{
	barrier_var(at);
	return ((const __u32 *)line)[at & 15];
}

/* What the wide node in `line`, which is `value`, says of `byte`. */
static __always_inline __u32 wide_value(void *map, __u32 generation, __u32 half, __u32 value,
					const struct node_line *line, __u32 byte)
{
	__u32 word = (byte >> 6) & 3;
	__u32 at = line->wide.cnt[word] + popcount(line->wide.changes[word] << (63 - (byte & 63))) - 1;

	line = element(map, generation, half, ((value & NODE_PLACE) >> 1) + 1 + (at >> 4));
	return line ? word_of(line, at) : 0;
}

/* Lanes of marks, and the bits to which they carry. */
#define MARK_LANES 0x0000000400020001ull
#define MARK_CARRIES (MARK_LANES << 16)

/* Where the values of a small or large node begin, in words of its line. */
static __always_inline __u32 narrow_values(__u32 value)
{
	__u32 is_large = (value / NODE_LARGE) & 1;

	return offsetof(struct node_small, values) / 4 + (value & 1) * 8 + is_large * 2;
}

/* What a small or large node says of 16 bits; no branch depends on which it is, since that can't be foreseen. */
static __always_inline __u32 narrow_value(const struct node_line *line, __u32 value, __u32 bits)
{
	const void *node = (const void *)line + (value & 1) * sizeof(struct node_small);
	__u64 is_large = (value / NODE_LARGE) & 1;
	__u64 lanes = bits * MARK_LANES;
	__u64 reached = (lanes + *(const __u64 *)(node + offsetof(struct node_large, marks[0]))) & MARK_CARRIES;
	__u32 at;

	reached += (lanes + line->large.marks[1]) & MARK_CARRIES & -is_large;
	at = narrow_values(value) + ((reached >> 16) * MARK_LANES >> 34 & 7);
	return word_of(line, at);
}

static __always_inline __u32 find_wide4(__u32 generation, __u32 value, __u32 byte)
{
	const struct node_line *line = line_of(&weir_node4, generation, cfg_half_node4, value);

	return line ? wide_value(&weir_node4, generation, cfg_half_node4, value, line, byte) : 0;
}

static __always_inline __u32 find4(__u32 generation, __u32 address)
{
	__u32 value = packed_u32(&weir_root4, generation, cfg_half_root4, address >> 16);
	__u32 bits = address & 0xffff;
	const struct node_line *line;

	if (!(value & VALUE_NODE))
		return value;
	if (value & NODE_WIDE) {
		value = find_wide4(generation, value, bits >> 8);
		if (!(value & VALUE_NODE))
			return value;
		if (value & NODE_WIDE)
			return find_wide4(generation, value, bits & 0xff) & ~VALUE_NODE;
		bits = bits << 8 & 0xffff;
	}
	line = line_of(&weir_node4, generation, cfg_half_node4, value);
	return line ? narrow_value(line, value, bits) & ~VALUE_NODE : 0;
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

static __always_inline void skip6(struct cursor6 *at, __u32 bits)
{
	at->hi = at->hi << bits | leading(at->lo, bits);
	at->lo <<= bits;
}

/* Through one node, which `value` is; nonzero where the search ends with the value that it leaves. */
static __always_inline int step6(__u32 generation, struct cursor6 *at)
{
	__u32 skipped, further, value = at->value;
	const struct node_line *line = line_of(&weir_node6, generation, cfg_half_node6, value);
	__u64 key;

	if (!line) {
		at->value = 0;
		return 1;
	}
	key = line->small[value & 1].key;
	skipped = (key >> 56 & 7) * 8;
	if (leading(at->hi, skipped) != key << 8 >> 8) {
		at->value = value & NODE_WIDE ? line->wide.miss : word_of(line, narrow_values(value));
		return 1;
	}
	skip6(at, skipped);
	if (value & NODE_WIDE) {
		at->value = wide_value(&weir_node6, generation, cfg_half_node6, value, line, at->hi >> 56);
		further = 8;
	} else {
		at->value = narrow_value(line, value, at->hi >> 48);
		further = 16;
	}
	if (!(at->value & VALUE_NODE))
		return 1;
	skip6(at, further);
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
	if (!(at.value & VALUE_NODE) || step6(generation, &at) || step6(generation, &at) || step6(generation, &at))
		return at.value & ~VALUE_NODE;
	return find6_further(generation, at.value, at.hi, at.lo);
}
