/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * Remembers which allowed packets have already refreshed their flow in the last seconds: a
 * load instead of the clock and two hash lookups. It never allows anything; were two flows
 * taken for one, one of them would be refreshed some seconds late.
 */
#pragma once

#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include "maps.h"
#include "packet.h"
#include "passage.h"

/* Ticks of the kernel that count as one moment, as a power of two: 1 s at 1000 Hz, 4 s at 250, 10 s at 100. */
#define SEEN_TICKS 10

static __always_inline int already_seen(const struct passage *at, const struct packet *packet)
{
	__u64 ports =
		(__u64)packet->src_port << 32 | (__u64)packet->dst_port << 16 | packet->protocol << 8 | at->direction;
	__u64 hash = (packet->src_hi ^ packet->dst_hi * 0x9e3779b97f4a7c15ull) +
		     packet->src_lo * 0xc2b2ae3d27d4eb4full + packet->dst_lo * 0x165667b19e3779f9ull +
		     ports * 0x27d4eb2f165667c5ull + at->endpoint->instance * 0xff51afd7ed558ccdull;
	__u64 mark, *place;
	__u32 index;

	hash ^= hash >> 29;
	hash *= 0xbf58476d1ce4e5b9ull;
	hash ^= hash >> 32;
	index = hash & (SEEN_ELEMENTS - 1);
	place = bpf_map_lookup_elem(&weir_seen, &index);
	if (!place)
		return 0;
	mark = (hash & 0xffffffff00000000ull) | (__u32)(bpf_jiffies64() >> SEEN_TICKS);
	if (*place == mark)
		return 1;
	*place = mark;
	return 0;
}
