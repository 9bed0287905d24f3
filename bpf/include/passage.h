/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* One packet's way through one hook: who is judged, by which half, in which direction. */
#pragma once

#include <linux/bpf.h>
#include <linux/types.h>
#include "endpoint.h"
#include "event.h"
#include "generation.h"
#include "image.h"
#include "packet.h"
#include "search.h"
#include "verdict.h"

struct passage {
	const struct endpoint *endpoint;
	struct generation generation;
	__u32 direction;
	__u32 cookie; /* of the rule that was asked; 0: none */
};

/* The flag of an endpoint that is isolated in a direction. */
static __always_inline __u32 isolation(__u32 direction)
{
	return direction == DIR_EGRESS ? ENDPOINT_EGRESS_ISOLATED : ENDPOINT_INGRESS_ISOLATED;
}

static __always_inline __u32 is_isolated(const struct passage *at, __u32 direction)
{
	return at->endpoint->flags & isolation(direction);
}

/* Whether the endpoint has gone though its interface is still there. */
static __always_inline __u32 is_closed(const struct passage *at)
{
	return at->endpoint->flags & ENDPOINT_CLOSED;
}

/* Whether what is denied passes. */
static __always_inline __u32 is_observed(const struct passage *at)
{
	return at->endpoint->flags & ENDPOINT_OBSERVE;
}

/* The searches as calls, for what happens once a flow: each place that inlines them costs the verifier 10,000 steps. */
__noinline __u32 find4_seldom(__u32 generation, __u32 address)
{
	return find4(generation, address);
}

__noinline __u32 find6_seldom(__u32 generation, __u64 hi, __u64 lo)
{
	return find6(generation, hi, lo);
}

/* What the search holds for the packet's peer. */
static __always_inline __u32 search_peer(const struct passage *at, const struct packet *packet, int seldom)
{
	__u64 hi = at->direction == DIR_EGRESS ? packet->dst_hi : packet->src_hi;
	__u64 lo = at->direction == DIR_EGRESS ? packet->dst_lo : packet->src_lo;
	__u32 half = at->generation.half;

	if (packet->family == 4)
		return seldom ? find4_seldom(half, lo) : find4(half, lo);
	return seldom ? find6_seldom(half, hi, lo) : find6(half, hi, lo);
}

/* What the policy of a direction says of a peer (search_peer) at a port_index; `forwarded` as in slot_of. */
static __always_inline __u64 policy(const struct passage *at, __u32 direction, __u32 peer, __u32 forwarded, __u32 port)
{
	return judge(at->generation.half, at->endpoint->table[direction], slot_of(peer, forwarded), port);
}
