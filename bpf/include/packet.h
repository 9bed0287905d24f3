/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* What is known of a packet once its headers are read (parse.h), and what follows from that. */
#pragma once

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
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
