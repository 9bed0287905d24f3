/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * Flows. Policy judges every packet of a flow's originator; the other side's packets pass
 * because they answer a live entry, which they refresh and never create.
 */
#pragma once

#include <linux/bpf.h>
#include <linux/in.h>
#include <bpf/bpf_helpers.h>
#include "event.h"
#include "maps.h"
#include "packet.h"

#define SECOND 1000000000ull
#define CT_LIFE_TCP (8000 * SECOND)
#define CT_LIFE_OTHER (60 * SECOND)
#define CT_LIFE_SYN (60 * SECOND)
#define CT_LIFE_CLOSING (10 * SECOND)
/* Entries are written again only where that prolongs them by this much: most packets leave their cache line alone. */
#define CT_GRAIN SECOND

/* The flow of which the packet, going in `direction`, is the originator's. */
static __always_inline void flow_key(struct ct_key *key, const struct packet *packet, __u32 instance, __u32 direction)
{
	__u32 out = direction == DIR_EGRESS;

	__builtin_memset(key, 0, sizeof(*key));
	key->local_hi = out ? packet->src_hi : packet->dst_hi;
	key->local_lo = out ? packet->src_lo : packet->dst_lo;
	key->remote_hi = out ? packet->dst_hi : packet->src_hi;
	key->remote_lo = out ? packet->dst_lo : packet->src_lo;
	if (is_icmp(packet)) {
		key->local_port = packet->src_port;
		key->remote_port = icmp_request(packet);
	} else {
		key->local_port = out ? packet->src_port : packet->dst_port;
		key->remote_port = out ? packet->dst_port : packet->src_port;
	}
	key->protocol = packet->protocol;
	key->family = packet->family;
	key->direction = direction;
	key->instance = instance;
}

static __always_inline struct ct_entry *live_flow(void *map, const struct ct_key *key, __u64 now)
{
	struct ct_entry *entry = bpf_map_lookup_elem(map, key);

	return entry && entry->expires > now ? entry : 0;
}

static __always_inline __u64 flow_life(const struct packet *packet)
{
	return packet->protocol == IPPROTO_TCP ? CT_LIFE_TCP : CT_LIFE_OTHER;
}

/* A packet of a live flow, sent in `role`. */
static __always_inline void refresh_flow(struct ct_entry *entry, const struct packet *packet, __u32 role, __u64 now)
{
	__u64 expires = now + flow_life(packet);

	if (entry->closing)
		return;
	if (packet->protocol == IPPROTO_TCP) {
		if (packet->tcp_flags & TCP_FIN)
			entry->fin[role] = 1;
		if ((packet->tcp_flags & TCP_RST) || (entry->fin[CT_ORIGINATOR] && entry->fin[CT_RESPONDER])) {
			entry->closing = 1;
			entry->expires = now + CT_LIFE_CLOSING;
			return;
		}
	}
	if (entry->expires + CT_GRAIN < expires)
		entry->expires = expires;
}

/* A flow begins, or goes on from its SYN. */
static __always_inline void store_flow(const struct ct_key *key, const struct packet *packet, __u32 cookie, __u64 now)
{
	struct ct_entry entry = {.expires = now + flow_life(packet), .cookie = cookie};

	bpf_map_update_elem(&weir_ct, key, &entry, BPF_ANY);
}

/* Whether the packet goes on from a SYN: then its flow becomes an established one. */
static __always_inline int leave_syn(const struct ct_key *key, const struct packet *packet, __u64 now)
{
	struct ct_entry *syn;

	if (packet->protocol != IPPROTO_TCP)
		return 0;
	syn = live_flow(&weir_ct_syn, key, now);
	if (!syn)
		return 0;
	if (packet->tcp_flags & TCP_RST) {
		/* Refused: nothing was opened. */
		if (!syn->closing) {
			syn->closing = 1;
			syn->expires = now + CT_LIFE_CLOSING;
		}
		return 1;
	}
	if (syn->closing)
		return 1;
	store_flow(key, packet, syn->cookie, now);
	bpf_map_delete_elem(&weir_ct_syn, key);
	return 1;
}

/* Whether the packet, of which `key` names the opposite flow, answers a live flow. */
static __always_inline int answers_flow(const struct ct_key *key, const struct packet *packet, __u64 now)
{
	struct ct_entry *entry;

	/* A SYN on a tuple that is still known as another connection makes a new one of it. */
	if (packet->protocol == IPPROTO_TCP && (packet->tcp_flags & TCP_SYN) && leave_syn(key, packet, now))
		return 1;
	entry = live_flow(&weir_ct, key, now);
	if (entry) {
		refresh_flow(entry, packet, CT_RESPONDER, now);
		return 1;
	}
	return leave_syn(key, packet, now);
}

/* An allowed SYN. True: it is the first of its flow. */
static __always_inline int open_syn(const struct ct_key *key, __u32 cookie, __u64 now)
{
	struct ct_entry fresh = {.expires = now + CT_LIFE_SYN, .cookie = cookie};
	struct ct_entry *entry = live_flow(&weir_ct_syn, key, now);
	int known = entry && !entry->closing;

	if (!known) {
		entry = live_flow(&weir_ct, key, now);
		known = entry && !entry->closing;
	}
	bpf_map_update_elem(&weir_ct_syn, key, &fresh, BPF_ANY);
	return !known;
}
