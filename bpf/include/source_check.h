/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* What a packet says about who sent it, and whether that is the endpoint. */
#pragma once

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "address.h"
#include "discovery.h"
#include "event.h"
#include "image.h"
#include "packet.h"

#define DHCP4_CLIENT 68
#define DHCP4_SERVER 67
#define DHCP6_CLIENT 546
#define DHCP6_SERVER 547

/* Of a packet that the endpoint sends; 0 or an event_reason. */
static __always_inline __u32 check_source(struct __sk_buff *skb, const struct endpoint *endpoint,
					  const struct packet *packet)
{
	__u32 udp = packet->protocol == IPPROTO_UDP && packet->fragment != FRAGMENT_LATER;

	if (packet->family == 4) {
		if ((endpoint->flags & ENDPOINT_IP4) && packet->src_lo == endpoint->ip4)
			return 0;
		return packet->src_lo == 0 && packet->dst_lo == 0xffffffff && udp && packet->src_port == DHCP4_CLIENT &&
				       packet->dst_port == DHCP4_SERVER
			       ? 0
			       : EVENT_SPOOFED;
	}
	/* Fragments could hide the target from this check; receivers refuse them (RFC 6980). */
	if (is_icmp6(packet) && packet->fragment == FRAGMENT_FIRST && packet->dst_port >= ND_ROUTER_SOLICITATION &&
	    packet->dst_port <= ND_REDIRECT)
		return EVENT_MALFORMED;
	if (is_discovery(packet))
		return check_discovery(skb, endpoint, packet);
	if (is_own_ip6(endpoint, packet->src_hi, packet->src_lo) || is_listener_discovery(packet))
		return 0;
	return is_link_local(packet->src_hi) && udp && packet->src_port == DHCP6_CLIENT &&
			       packet->dst_port == DHCP6_SERVER
		       ? 0
		       : EVENT_SPOOFED;
}

/* ARP for IPv4 over Ethernet (RFC 826). */
struct arp_packet {
	__be16 hardware;
	__be16 protocol;
	__u8 hardware_length;
	__u8 protocol_length;
	__be16 operation;
	__u8 sender[6];
	__be16 sender_ip[2];
	__u8 target[6];
	__be16 target_ip[2];
};

/* Of ARP that the endpoint sends; a probe has no sender address (RFC 5227). 0 or an event_reason. */
static __always_inline __u32 check_arp(struct __sk_buff *skb, const struct endpoint *endpoint, struct packet *packet)
{
	struct arp_packet arp;

	if (bpf_skb_load_bytes(skb, ETH_HLEN, &arp, sizeof(arp)) || arp.protocol_length != 4 ||
	    arp.hardware_length != ETH_ALEN)
		return EVENT_MALFORMED;
	packet->src_lo = (__u32)bpf_ntohs(arp.sender_ip[0]) << 16 | bpf_ntohs(arp.sender_ip[1]);
	packet->dst_lo = (__u32)bpf_ntohs(arp.target_ip[0]) << 16 | bpf_ntohs(arp.target_ip[1]);
	if (!packet->src_lo || ((endpoint->flags & ENDPOINT_IP4) && packet->src_lo == endpoint->ip4))
		return 0;
	return EVENT_SPOOFED;
}
