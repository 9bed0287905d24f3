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

static __always_inline __u32 is_isolated(const struct passage *at)
{
	return at->endpoint->flags & isolation(at->direction);
}

static __always_inline __u32 search_peer(const struct passage *at, const struct packet *packet)
{
	__u64 hi = at->direction == DIR_EGRESS ? packet->dst_hi : packet->src_hi;
	__u64 lo = at->direction == DIR_EGRESS ? packet->dst_lo : packet->src_lo;

	return packet->family == 4 ? find4(at->generation.half, lo) : find6(at->generation.half, hi, lo);
}

/* What the policy of a direction says of the packet's peer at a port_index; `forwarded` as in slot_of. */
static __always_inline __u64 policy(const struct passage *at, const struct packet *packet, __u32 direction,
				    __u32 forwarded, __u32 port)
{
	if (!(at->endpoint->flags & isolation(direction)))
		return OUTCOME_ALLOW;
	return judge(at->generation.half, at->endpoint->table[direction], slot_of(search_peer(at, packet), forwarded),
		     port);
}
