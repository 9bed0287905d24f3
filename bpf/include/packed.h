/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* Reads of one generation's half of an array. The map is an argument of inlined code, so each call names one map. */
#pragma once

#include <linux/types.h>
#include <bpf/bpf_helpers.h>

/* Element `index` of a half; NULL only where the map is smaller than the loader said. */
static __always_inline void *element(void *map, __u32 generation, __u32 half, __u32 index)
{
	__u32 key = generation * half + (index & (half - 1));

	return bpf_map_lookup_elem(map, &key);
}

static __always_inline __u64 packed_word(void *map, __u32 generation, __u32 half, __u32 index)
{
	__u64 *word = element(map, generation, half, index);

	return word ? *word : 0;
}

/* Two values a word, the first in the low bits. */
static __always_inline __u32 packed_u32(void *map, __u32 generation, __u32 half, __u32 index)
{
	return packed_word(map, generation, half, index >> 1) >> ((index & 1) * 32);
}

/* Four values a word. */
static __always_inline __u32 packed_u16(void *map, __u32 generation, __u32 half, __u32 index)
{
	return packed_word(map, generation, half, index >> 2) >> ((index & 3) * 16) & 0xffff;
}
