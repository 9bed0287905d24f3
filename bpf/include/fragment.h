/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* Later fragments have no ports: they follow the first one's verdict. */
#pragma once

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "maps.h"
#include "packet.h"
#include "passage.h"

/* As long as a receiver keeps incomplete packets (RFC 8200 4.5). */
#define FRAGMENT_LIFE 60000000000ull

static __always_inline void fragment_key(struct frag_key *key, const struct passage *at, const struct packet *packet)
{
	__builtin_memset(key, 0, sizeof(*key));
	key->src_hi = packet->src_hi;
	key->src_lo = packet->src_lo;
	key->dst_hi = packet->dst_hi;
	key->dst_lo = packet->dst_lo;
	key->id = packet->fragment_id;
	key->instance = at->endpoint->instance;
	key->protocol = packet->family == 4 ? packet->protocol : 0;
	key->family = packet->family;
	key->direction = at->direction;
}

/* The first fragment is allowed. */
static __always_inline void admit_fragments(const struct passage *at, const struct packet *packet)
{
	struct frag_entry entry = {.expires = bpf_ktime_get_ns() + FRAGMENT_LIFE};
	struct frag_key key;

	fragment_key(&key, at, packet);
	bpf_map_update_elem(&weir_frag, &key, &entry, BPF_ANY);
}

static __always_inline int is_admitted_fragment(const struct passage *at, const struct packet *packet)
{
	const struct frag_entry *entry;
	struct frag_key key;

	fragment_key(&key, at, packet);
	entry = bpf_map_lookup_elem(&weir_frag, &key);
	return entry && entry->expires > bpf_ktime_get_ns();
}
