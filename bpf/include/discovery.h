/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * Neighbour discovery and multicast listener discovery: what links need to work at all,
 * whatever the policies say, and what a pod must not say there.
 */
#pragma once

#include <linux/bpf.h>
#include <linux/in.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "address.h"
#include "event.h"
#include "image.h"
#include "packet.h"

#define MLD_QUERY 130
#define MLD_DONE 132
#define MLD2_REPORT 143
#define ND_ROUTER_SOLICITATION 133
#define ND_ROUTER_ADVERTISEMENT 134
#define ND_SOLICITATION 135
#define ND_ADVERTISEMENT 136
#define ND_REDIRECT 137

/* Neighbour discovery; its hop limit proves that no router has forwarded it (RFC 4861). */
static __always_inline int is_discovery(const struct packet *packet)
{
	return is_icmp6(packet) && packet->fragment == 0 && packet->hop_limit == 255 &&
	       packet->dst_port >= ND_ROUTER_SOLICITATION && packet->dst_port <= ND_REDIRECT;
}

/* Multicast listener discovery (RFC 2710 3, RFC 3810 5): never leaves the link. */
static __always_inline int is_listener_discovery(const struct packet *packet)
{
	if (!is_icmp6(packet) || packet->fragment || packet->hop_limit != 1 || packet->dst_hi >> 56 != 0xff)
		return 0;
	if (!is_link_local(packet->src_hi) && (packet->src_hi | packet->src_lo))
		return 0;
	return (packet->dst_port >= MLD_QUERY && packet->dst_port <= MLD_DONE) || packet->dst_port == MLD2_REPORT;
}

/* A pod is no router, and speaks for its own address and its link-local ones only. */
static __always_inline __u32 check_discovery(struct __sk_buff *skb, const struct endpoint *endpoint,
					     const struct packet *packet)
{
	__u32 unspecified = !(packet->src_hi | packet->src_lo), own, local;
	__be32 words[4];
	__u64 hi, lo;

	if (!unspecified && !is_link_local(packet->src_hi) && !is_own_ip6(endpoint, packet->src_hi, packet->src_lo))
		return EVENT_SPOOFED;
	if (packet->dst_port == ND_ROUTER_SOLICITATION)
		return 0;
	if (packet->dst_port != ND_SOLICITATION && packet->dst_port != ND_ADVERTISEMENT)
		return EVENT_SPOOFED;
	/* Seldom asked, so the helper will do: one path less. */
	if (packet->transport + 24 > packet->end ||
	    bpf_skb_load_bytes(skb, packet->transport + 8, words, sizeof(words)))
		return EVENT_MALFORMED;
	hi = (__u64)bpf_ntohl(words[0]) << 32 | bpf_ntohl(words[1]);
	lo = (__u64)bpf_ntohl(words[2]) << 32 | bpf_ntohl(words[3]);
	own = is_own_ip6(endpoint, hi, lo);
	local = is_link_local(hi);
	if (packet->dst_port == ND_ADVERTISEMENT)
		return own || (local && hi == packet->src_hi && lo == packet->src_lo) ? 0 : EVENT_SPOOFED;
	/* From the unspecified address it asks whether anyone else has the address that it is about to take. */
	return !unspecified || own || local ? 0 : EVENT_SPOOFED;
}
