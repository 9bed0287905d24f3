/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* Brings policy and flows together. */
#pragma once

#include <linux/bpf.h>
#include <linux/in.h>
#include <bpf/bpf_helpers.h>
#include "conntrack.h"
#include "packet.h"
#include "passage.h"
#include "related.h"
#include "seen.h"

/* Where Linux begins to number the ports of clients (ip_local_port_range). */
#define CLIENT_PORTS 32768

enum tracked {
	TRACKED_DENY,
	TRACKED_PASS,
	TRACKED_FIRST, /* passes, and begins a flow; where it is only observed, also one that is denied */
};

/*
 * A TCP packet of a connection whose SYN nobody saw is taken for an answer where the policy
 * of the other direction allows that connection. Whether an address of the node was the
 * node's own process can't be told from an answer; the other side's packets will show it.
 */
static __always_inline int adopt_answer(const struct passage *at, struct ct_key *key, const struct packet *packet,
					__u64 now)
{
	__u32 opposite = at->direction ^ 1;
	__u64 outcome = OUTCOME_ALLOW;

	if (is_isolated(at, opposite))
		outcome = policy(at, opposite, search_peer(at, packet, 1), 0, PORT_TCP | packet->src_port);
	if (!(outcome & OUTCOME_ALLOW))
		return 0;
	if (!(packet->tcp_flags & TCP_RST)) {
		key->direction = opposite;
		store_flow(key, packet, outcome >> 32, now);
	}
	return 1;
}

static __always_inline enum tracked track_denied(const struct passage *at, struct ct_key *key,
						 const struct packet *packet, __u64 now)
{
	if (packet->protocol != IPPROTO_TCP || is_opening(packet) || now >= at->endpoint->adopt_until * SECOND)
		return TRACKED_DENY;
	return adopt_answer(at, key, packet, now) ? TRACKED_PASS : TRACKED_DENY;
}

/*
 * `key` names the flow of which the packet would be the originator's. Where nothing is
 * dropped, what is not `allowed` comes here too: its answers are then known for what they
 * are, and once denials are enforced it is cut like any flow whose rule was revoked.
 */
static __always_inline enum tracked track_passing(const struct passage *at, struct ct_key *key,
						  const struct packet *packet, int allowed, __u64 now)
{
	struct ct_entry *entry;

	if (packet->protocol == IPPROTO_TCP && is_opening(packet)) {
		expect_answer(at, packet);
		return open_syn(key, at->cookie, now) ? TRACKED_FIRST : TRACKED_PASS;
	}
	entry = live_flow(&weir_ct, key, now);
	if (entry) {
		int told = allowed || entry->cookie == at->cookie;

		entry->cookie = at->cookie;
		refresh_flow(entry, packet, CT_ORIGINATOR, now);
		return told ? TRACKED_PASS : TRACKED_FIRST;
	}
	if (packet->protocol == IPPROTO_TCP) {
		if (leave_syn(key, packet, now) || (packet->tcp_flags & (TCP_FIN | TCP_RST)))
			return TRACKED_PASS;
		/* Met in the middle, and sent by what looks like a server: its client is the originator. */
		if (allowed && packet->src_port < CLIENT_PORTS && packet->dst_port >= CLIENT_PORTS &&
		    adopt_answer(at, key, packet, now))
			return TRACKED_PASS;
		key->direction = at->direction;
	}
	store_flow(key, packet, at->cookie, now);
	return TRACKED_FIRST;
}

/* `allowed`: what policy says of the packet as if it were the originator's. */
static __always_inline enum tracked track(struct __sk_buff *skb, const struct passage *at, const struct packet *packet,
					  int allowed)
{
	struct ct_key key;
	__u64 now;

	if (is_icmp_error(packet)) {
		if (allowed)
			return TRACKED_PASS;
		return is_related(skb, packet->transport + 8, packet->end, at->endpoint->instance, at->direction ^ 1)
			       ? TRACKED_PASS
			       : TRACKED_DENY;
	}
	if (allowed && !(packet->tcp_flags & (TCP_SYN | TCP_FIN | TCP_RST)) && already_seen(at, packet))
		return TRACKED_PASS;
	now = bpf_ktime_get_ns();
	flow_key(&key, packet, at->endpoint->instance, at->direction);
	if (!is_opening(packet)) {
		key.direction = at->direction ^ 1;
		if (answers_flow(&key, packet, now))
			return TRACKED_PASS;
		key.direction = at->direction;
	}
	if (!allowed && track_denied(at, &key, packet, now) == TRACKED_PASS)
		return TRACKED_PASS;
	if (!allowed && !is_observed(at))
		return TRACKED_DENY;
	return track_passing(at, &key, packet, allowed, now);
}
