/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* An ICMP error passes where the packet that it quotes is of a live flow, in either role. */
#pragma once

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "conntrack.h"
#include "packet.h"
#include "parse.h"

static __always_inline int is_live(const struct ct_key *key, __u64 now)
{
	if (live_flow(&weir_ct, key, now))
		return 1;
	return key->protocol == IPPROTO_TCP && live_flow(&weir_ct_syn, key, now);
}

/*
 * For an error that goes in the other direction than `quoted_direction`; the quotation is
 * at `offset` to `end`. A global function for the verifier's sake, hence the plain arguments.
 */
__noinline int is_related(struct __sk_buff *skb, __u32 offset, __u32 end, __u32 instance, __u32 quoted_direction)
{
	struct packet quoted = {0};
	struct ct_key key;
	__u64 now;

	if (offset >= end)
		return 0;
	if (skb->protocol == bpf_htons(ETH_P_IP) ? parse_ip4(skb, offset, end, &quoted)
						 : parse_ip6(skb, offset, end, &quoted))
		return 0;
	if (quoted.fragment == FRAGMENT_LATER || parse_transport(skb, &quoted, 1))
		return 0;
	flow_key(&key, &quoted, instance, quoted_direction == DIR_EGRESS ? DIR_EGRESS : DIR_INGRESS);
	now = bpf_ktime_get_ns();
	if (is_live(&key, now))
		return 1;
	key.direction ^= 1;
	return is_live(&key, now);
}
