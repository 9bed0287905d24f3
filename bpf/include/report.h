/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* Writes events to the ring buffer. */
#pragma once

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "config.h"
#include "conntrack.h"
#include "event.h"
#include "maps.h"
#include "packet.h"
#include "passage.h"

/* Nothing else would put the structure into BTF, by which user space's idea of it is checked. */
const struct event *const volatile event_type = 0;

static __always_inline void count(__u32 word)
{
	__u64 *value = bpf_map_lookup_elem(&weir_ctl, &word);

	if (value)
		__sync_fetch_and_add(value, 1);
}

/*
 * Whether the endpoint has used up its denials. weir_limit holds the time at which it would
 * have sent them at the steady rate (GCRA); processors that write it at once may let a few
 * more through.
 */
static __always_inline int is_limited(__u32 instance, __u64 now)
{
	__u32 index = instance & (LIMIT_ELEMENTS - 1);
	__u64 *due = bpf_map_lookup_elem(&weir_limit, &index);
	__u64 next;

	if (!due)
		return 0;
	next = *due;
	if (next > now + SECOND)
		return 1;
	*due = (next > now ? next : now) + SECOND / cfg_denials_per_second;
	return 0;
}

static __always_inline void report(struct __sk_buff *skb, const struct passage *at, const struct packet *packet,
				   __u32 reason)
{
	__u64 now = bpf_ktime_get_ns();
	struct event *event;
	__u32 peer = 0;

	if (reason != EVENT_POLICY_ALLOW)
		count(is_observed(at) ? CTL_OBSERVED_DENIALS : CTL_DENIALS);
	if (reason != EVENT_POLICY_ALLOW && is_limited(at->endpoint->instance, now)) {
		count(CTL_LIMITED_EVENTS);
		return;
	}
	if (packet->family)
		peer = search_peer(at, packet, 1);
	event = bpf_ringbuf_reserve(&weir_events, sizeof(*event), 0);
	if (!event) {
		count(CTL_LOST_EVENTS);
		return;
	}
	event->time = now;
	event->commit = at->generation.commit;
	event->src_hi = packet->src_hi;
	event->src_lo = packet->src_lo;
	event->dst_hi = packet->dst_hi;
	event->dst_lo = packet->dst_lo;
	event->src_port = packet->src_port;
	event->dst_port = packet->dst_port;
	event->protocol = packet->protocol;
	event->family = packet->family;
	event->direction = at->direction;
	event->reason = is_observed(at) && reason != EVENT_POLICY_ALLOW ? reason | EVENT_OBSERVED : reason;
	event->cookie = at->cookie;
	event->ifindex = skb->ifindex;
	event->slot = slot_of(peer, at->direction == DIR_INGRESS && skb->ingress_ifindex);
	event->length = skb->len;
	bpf_ringbuf_submit(event, 0);
}
