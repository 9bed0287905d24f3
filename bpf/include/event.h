/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* What the programs tell the agent, through the ring buffer weir_events. */
#pragma once

/* Direction, seen from the endpoint; also the index into endpoint.table. */
#define DIR_EGRESS 0
#define DIR_INGRESS 1

/* Why an event was written. */
enum event_reason {
	EVENT_POLICY_ALLOW = 1, /* first packet of an allowed flow */
	EVENT_POLICY_DENY = 2,
	EVENT_MALFORMED = 3, /* headers that can't be parsed, or too many of them */
	EVENT_SPOOFED = 4, /* the source is not the endpoint's */
	EVENT_NOT_ADDRESSED = 5, /* unicast to another address than the endpoint's */
	EVENT_PROTOCOL = 6, /* VLAN tag, or neither IP nor ARP */
	EVENT_FRAGMENT = 7, /* a later fragment whose first was not seen */
};

/* Set in `reason` beside a denial that let the packet pass: the endpoint is only observed. */
#define EVENT_OBSERVED 0x80

/* Addresses as in image.h: an IPv4 address is the low word. */
struct event {
	__u64 time; /* CLOCK_MONOTONIC, nanoseconds */
	__u64 commit; /* commit of the generation that judged it */
	__u64 src_hi;
	__u64 src_lo;
	__u64 dst_hi;
	__u64 dst_lo;
	__u16 src_port; /* ICMP: identifier */
	__u16 dst_port; /* ICMP: type */
	__u8 protocol;
	__u8 family; /* 4, 6, or 0 where the packet has no IP header that could be read */
	__u8 direction;
	__u8 reason;
	__u32 cookie; /* of the outcome; 0 where no rule was asked */
	__u32 ifindex;
	__u32 slot; /* of the peer */
	__u32 length; /* of the packet, bytes */
};
