/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* Whether a packet is meant for the endpoint at all: bridges flood what they don't know. */
#pragma once

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <bpf/bpf_helpers.h>
#include "address.h"
#include "image.h"
#include "packet.h"

static __always_inline int is_addressed(struct __sk_buff *skb, const struct endpoint *endpoint,
					const struct packet *packet)
{
	__u8 group;

	if (packet->family == 4) {
		if ((endpoint->flags & ENDPOINT_IP4) && packet->dst_lo == endpoint->ip4)
			return 1;
		if (packet->dst_lo >> 28 == 0xe || packet->dst_lo == 0xffffffff)
			return 1;
	} else if (is_own_ip6(endpoint, packet->dst_hi, packet->dst_lo) || packet->dst_hi >> 56 == 0xff) {
		return 1;
	}
	/* A subnet's broadcast address looks like any other; its frame is for a group. */
	return !bpf_skb_load_bytes(skb, 0, &group, sizeof(group)) && (group & 1);
}
