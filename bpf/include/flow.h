/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* What packets leave behind: keys and values of weir_ct, weir_ct_syn and weir_frag. */
#pragma once

#include <linux/types.h>

/*
 * A flow, seen from the endpoint. Addresses as in image.h. ICMP: local_port is the
 * identifier and remote_port the type of the request, in both directions of the flow.
 */
struct ct_key {
	__u64 local_hi;
	__u64 local_lo;
	__u64 remote_hi;
	__u64 remote_lo;
	__u16 local_port;
	__u16 remote_port;
	__u8 protocol;
	__u8 family;
	__u8 direction; /* of the packets of the flow's originator */
	__u8 pad;
	__u32 instance; /* of the interface */
	__u32 pad2;
};

/* Roles in a flow; the index into ct_entry.fin. */
#define CT_ORIGINATOR 0
#define CT_RESPONDER 1

/* Bytes, not bits: two processors that see one flow's two directions don't undo each other's writes. */
struct ct_entry {
	__u64 expires; /* nanoseconds of CLOCK_MONOTONIC */
	__u32 cookie; /* of the rule that allows the originator */
	__u8 fin[2]; /* TCP: who has sent FIN */
	__u8 closing; /* TCP: both FINs or a RST were seen; the entry isn't prolonged */
	__u8 pad;
};

/* A packet that comes in fragments. */
struct frag_key {
	__u64 src_hi;
	__u64 src_lo;
	__u64 dst_hi;
	__u64 dst_lo;
	__u32 id;
	__u32 instance;
	__u8 protocol; /* 0 in IPv6, where the identification alone tells packets apart (RFC 8200 4.5) */
	__u8 family;
	__u8 direction;
	__u8 pad;
	__u32 pad2;
};

/* Its first fragment was allowed. */
struct frag_entry {
	__u64 expires; /* nanoseconds of CLOCK_MONOTONIC */
};
