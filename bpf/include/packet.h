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
#include "read.h"
#include "verdict.h"

#define TCP_HEADER 20 /* bytes, without options */
#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10

#define ICMP4_ECHO_REPLY 0
#define ICMP4_UNREACHABLE 3
#define ICMP4_FRAG_NEEDED 4 /* code of ICMP4_UNREACHABLE */
#define ICMP4_ECHO 8
#define ICMP4_TIME_EXCEEDED 11
#define ICMP4_PARAMETER_PROBLEM 12
#define ICMP4_TIMESTAMP 13
#define ICMP4_TIMESTAMP_REPLY 14
#define ICMP6_TOO_BIG 2
#define ICMP6_PARAMETER_PROBLEM 4
#define ICMP6_ECHO 128
#define ICMP6_ECHO_REPLY 129

#define SCTP_INIT 1

#define FRAGMENT_FIRST 1 /* more fragments follow */
#define FRAGMENT_LATER 2

/* Ports and addresses are in host byte order. */
struct packet {
	__u64 src_hi;
	__u64 src_lo;
	__u64 dst_hi;
	__u64 dst_lo;
	__u32 fragment_id;
	__u32 transport; /* offset of the transport header */
	__u32 end; /* offset behind the IP packet */
	__u16 src_port; /* ICMP: identifier */
	__u16 dst_port; /* ICMP: type */
	__u8 protocol;
	__u8 family; /* 4, 6 or 0 */
	__u8 hop_limit;
	__u8 fragment; /* 0, FRAGMENT_FIRST or FRAGMENT_LATER */
	__u8 tcp_flags;
	__u8 icmp_code;
	__u8 sctp_chunk; /* type of the first chunk */
};

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

static __always_inline int is_icmp4(const struct packet *packet)
{
	return packet->family == 4 && packet->protocol == IPPROTO_ICMP;
}

static __always_inline int is_icmp6(const struct packet *packet)
{
	return packet->family == 6 && packet->protocol == IPPROTO_ICMPV6;
}

static __always_inline int is_icmp(const struct packet *packet)
{
	return is_icmp4(packet) || is_icmp6(packet);
}

/* Says that a sender could not deliver a packet, which it quotes. */
static __always_inline int is_icmp_error(const struct packet *packet)
{
	if (is_icmp6(packet))
		return packet->dst_port >= 1 && packet->dst_port <= ICMP6_PARAMETER_PROBLEM;
	return is_icmp4(packet) && (packet->dst_port == ICMP4_UNREACHABLE || packet->dst_port == ICMP4_TIME_EXCEEDED ||
				    packet->dst_port == ICMP4_PARAMETER_PROBLEM);
}

/* The type of the request that an ICMP message of this type answers; a type that answers none is itself. */
static __always_inline __u16 icmp_request(const struct packet *packet)
{
	if (is_icmp6(packet))
		return packet->dst_port == ICMP6_ECHO_REPLY ? ICMP6_ECHO : packet->dst_port;
	if (packet->dst_port == ICMP4_ECHO_REPLY)
		return ICMP4_ECHO;
	return packet->dst_port == ICMP4_TIMESTAMP_REPLY ? ICMP4_TIMESTAMP : packet->dst_port;
}

/* Whether the packet can only begin a flow and never answer one. */
static __always_inline int is_opening(const struct packet *packet)
{
	if (packet->protocol == IPPROTO_TCP)
		return (packet->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
	if (packet->protocol == IPPROTO_SCTP)
		return packet->sctp_chunk == SCTP_INIT;
	return is_icmp(packet) && icmp_request(packet) == packet->dst_port;
}

static __always_inline __u32 packet_port(const struct packet *packet)
{
	return port_index(packet->protocol, packet->dst_port);
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
