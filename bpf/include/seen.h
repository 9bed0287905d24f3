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

/* The same for both directions, whose marks lie side by side. */
static __always_inline __u64 seen_hash(const struct passage *at, const struct packet *packet)
{
	__u32 out = at->direction == DIR_EGRESS;
	__u64 local_hi = out ? packet->src_hi : packet->dst_hi, local_lo = out ? packet->src_lo : packet->dst_lo;
	__u64 remote_hi = out ? packet->dst_hi : packet->src_hi, remote_lo = out ? packet->dst_lo : packet->src_lo;
	__u64 local_port = out ? packet->src_port : packet->dst_port;
	__u64 remote_port = out ? packet->dst_port : packet->src_port;
	__u64 ports = local_port << 32 | remote_port << 16 | packet->protocol;
	__u64 hash = (local_hi ^ remote_hi * 0x9e3779b97f4a7c15ull) + local_lo * 0xc2b2ae3d27d4eb4full +
		     remote_lo * 0x165667b19e3779f9ull + ports * 0x27d4eb2f165667c5ull +
		     at->endpoint->instance * 0xff51afd7ed558ccdull;

	hash ^= hash >> 29;
	hash *= 0xbf58476d1ce4e5b9ull;
	return hash ^ hash >> 32;
}

static __always_inline __u64 *seen_place(__u64 hash, __u32 direction)
{
	__u32 index = (hash << 1 & (SEEN_ELEMENTS - 1)) | direction;

	return bpf_map_lookup_elem(&weir_seen, &index);
}

static __always_inline int already_seen(const struct passage *at, const struct packet *packet)
{
	__u64 hash = seen_hash(at, packet);
	__u64 *place = seen_place(hash, at->direction);
	__u64 mark = (hash & 0xffffffff00000000ull) | (__u32)(bpf_jiffies64() >> SEEN_TICKS);

	if (!place)
		return 0;
	if (*place == mark)
		return 1;
	*place = mark;
	return 0;
}

/* What comes next in the other direction may answer this packet, and is looked at though the like of it was seen. */
static __always_inline void expect_answer(const struct passage *at, const struct packet *packet)
{
	__u64 *place = seen_place(seen_hash(at, packet), at->direction ^ 1);

	if (place)
		*place = 0;
}
