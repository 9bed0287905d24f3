/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * Reads a packet's headers, wherever in the packet they lie (see read.h). A read behind the
 * end of the IP packet fails, even where the frame has more bytes.
 */
#pragma once

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "extension.h"
#include "packet.h"
#include "read.h"

/*
 * Puts the packet's fields into memory, where the verifier does not keep what it has
 * concluded from earlier branches; else it would follow each protocol's path to the end.
 */
static __always_inline void forget_branches(struct packet *packet)
{
	asm volatile("" : : "r"(packet) : "memory");
}

static __always_inline int load(struct __sk_buff *skb, const struct packet *packet, __u32 offset, void *to, __u32 size)
{
	if (offset + size > packet->end)
		return -1;
	return read_bytes(skb, offset, to, size);
}

/* A length of 0 is what the kernel writes into its own segments of more than 64 KB. */
static __always_inline __u32 end_of_packet(struct __sk_buff *skb, __u32 offset, __u32 header, __u32 length, __u32 whole)
{
	if (!length && skb->gso_size && skb->len > 0xffff)
		return skb->len;
	if (whole < header || offset + whole > skb->len)
		return 0;
	return offset + whole;
}

/* `end` is 0 for the packet itself, and the end of the quotation for one that an ICMP error quotes, perhaps in part. */
static __always_inline int parse_ip4(struct __sk_buff *skb, __u32 offset, __u32 end, struct packet *packet)
{
	__u32 header, length, fragment;
	struct iphdr ip;

	if (read_bytes(skb, offset, &ip, sizeof(ip)))
		return -1;
	header = ip.ihl * 4;
	length = bpf_ntohs(ip.tot_len);
	if (ip.version != 4 || header < sizeof(ip))
		return -1;
	packet->end = end ? end : end_of_packet(skb, offset, header, length, length);
	if (offset + header > packet->end)
		return -1;
	packet->src_lo = bpf_ntohl(ip.saddr);
	packet->dst_lo = bpf_ntohl(ip.daddr);
	packet->protocol = ip.protocol;
	packet->hop_limit = ip.ttl;
	packet->transport = offset + header;
	packet->fragment_id = bpf_ntohs(ip.id);
	packet->family = 4;
	fragment = bpf_ntohs(ip.frag_off);
	if (fragment & 0x1fff)
		packet->fragment = FRAGMENT_LATER;
	else if (fragment & 0x2000)
		packet->fragment = FRAGMENT_FIRST;
	/* A second fragment at 8 would rewrite the flags that the first one showed (RFC 1858). */
	return ip.protocol == IPPROTO_TCP && (fragment & 0x1fff) == 1 ? -1 : 0;
}

static __always_inline int parse_ip6(struct __sk_buff *skb, __u32 offset, __u32 end, struct packet *packet)
{
	struct ipv6hdr ip;
	__u32 length;
	__u64 walked;

	if (read_bytes(skb, offset, &ip, sizeof(ip)))
		return -1;
	length = bpf_ntohs(ip.payload_len);
	if (ip.version != 6)
		return -1;
	packet->end = end ? end : end_of_packet(skb, offset, sizeof(ip), length, length + sizeof(ip));
	if (!packet->end)
		return -1;
	packet->src_hi = (__u64)bpf_ntohl(ip.saddr.in6_u.u6_addr32[0]) << 32 | bpf_ntohl(ip.saddr.in6_u.u6_addr32[1]);
	packet->src_lo = (__u64)bpf_ntohl(ip.saddr.in6_u.u6_addr32[2]) << 32 | bpf_ntohl(ip.saddr.in6_u.u6_addr32[3]);
	packet->dst_hi = (__u64)bpf_ntohl(ip.daddr.in6_u.u6_addr32[0]) << 32 | bpf_ntohl(ip.daddr.in6_u.u6_addr32[1]);
	packet->dst_lo = (__u64)bpf_ntohl(ip.daddr.in6_u.u6_addr32[2]) << 32 | bpf_ntohl(ip.daddr.in6_u.u6_addr32[3]);
	packet->hop_limit = ip.hop_limit;
	packet->protocol = ip.nexthdr;
	packet->family = 6;
	packet->transport = offset + sizeof(ip);
	if (!is_extension(ip.nexthdr))
		return 0;
	walked = walk_extensions(skb, packet->transport, packet->end, ip.nexthdr);
	if (!walked)
		return -1;
	packet->protocol = WALKED_PROTOCOL(walked);
	packet->transport = WALKED_OFFSET(walked);
	packet->fragment_id = WALKED_FRAGMENT_ID(walked);
	packet->fragment = WALKED_FRAGMENT(walked);
	return packet->fragment == FRAGMENT_LATER && packet->protocol == IPPROTO_TCP && WALKED_AT_8(walked) ? -1 : 0;
}

/* Ports, or what stands for them. A quoted header may be cut off behind its eighth byte. */
static __always_inline int parse_transport(struct __sk_buff *skb, struct packet *packet, int quoted)
{
	__u32 at = packet->transport;
	__u8 head[16] = {0};

	switch (packet->protocol) {
	case IPPROTO_TCP:
		if (load(skb, packet, at, head, quoted ? 8 : 16) || (!quoted && at + TCP_HEADER > packet->end))
			return -1;
		packet->tcp_flags = head[13];
		break;
	case IPPROTO_SCTP:
		if (load(skb, packet, at, head, quoted ? 8 : 16))
			return -1;
		packet->sctp_chunk = head[12];
		break;
	case IPPROTO_UDP:
		if (load(skb, packet, at, head, 8))
			return -1;
		break;
	default:
		if (!is_icmp(packet))
			return 0;
		if (load(skb, packet, at, head, 8))
			return -1;
		packet->src_port = head[4] << 8 | head[5];
		packet->dst_port = head[0];
		packet->icmp_code = head[1];
		return 0;
	}
	packet->src_port = head[0] << 8 | head[1];
	packet->dst_port = head[2] << 8 | head[3];
	return 0;
}

/* Behind an Ethernet header, which the tc hooks always show. 0, or -1 where it can't be parsed. */
static __always_inline int parse_packet(struct __sk_buff *skb, __u32 ethertype, struct packet *packet)
{
	if (ethertype == ETH_P_IP ? parse_ip4(skb, ETH_HLEN, 0, packet) : parse_ip6(skb, ETH_HLEN, 0, packet))
		return -1;
	forget_branches(packet);
	if (packet->fragment != FRAGMENT_LATER && parse_transport(skb, packet, 0))
		return -1;
	forget_branches(packet);
	return 0;
}
