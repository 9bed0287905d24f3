/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * The image: one node's bundle as the words that the programs read. docs/image.md
 * explains it; node-agent/src/image/layout.ts is the same in TypeScript, and a test
 * compares the two by BTF. All words are in host byte order, and so are the addresses
 * in them (an IPv4 address as one number, an IPv6 address as its high and low half).
 */
#pragma once

/* Words of weir_ctl. */
#define CTL_ACTIVE 0 /* commit << 1 | generation; 0: nothing committed, all packets pass */
#define CTL_NEXT_INSTANCE 1 /* the next interface's instance number */
#define CTL_LOST_EVENTS 2 /* events that found the ring buffer full */
#define CTL_LIMITED_EVENTS 3 /* denials that an endpoint had beyond its rate */
#define CTL_OBSERVED_DENIALS 4 /* what would have been denied, where nothing is dropped */
#define CTL_DENIALS 5 /* packets that were dropped */
#define CTL_HEADER 8 /* header of generation 0; that of generation 1 follows it */
#define CTL_HEADER_WORDS 8
#define CTL_WORDS 64

/* Words of a generation's header. */
#define HEADER_COMMIT 0 /* number of the commit that it holds; 0: being rewritten */
#define HEADER_REVISION 1 /* revision of the bundle */
#define HEADER_DIGEST 2 /* digest of the bundle, two words */
#define HEADER_CHECKSUM 4 /* of the words of this generation */
#define HEADER_TIME 5 /* of the commit, nanoseconds since 1970 */

/*
 * A value of the search: a slot or, with VALUE_NODE, an inner node. A slot with VALUE_LOCAL
 * is an address of this node itself; the slot after it is the one for packets that carry
 * the address but were not sent by this node's own processes.
 */
#define VALUE_NODE 0x80000000u
#define VALUE_LOCAL 0x40000000u
#define VALUE_INDEX 0x3fffffffu

/* Of an inner node: its form, neither flag for a small one, and its place in halves of a node_line. */
#define NODE_WIDE 0x40000000u
#define NODE_LARGE 0x20000000u
#define NODE_PLACE 0x1fffffffu

/*
 * All nodes begin with a key: `skip` (0 to 7) in the top byte, below it what the next `skip`
 * bytes of the address must be as a number. An address with others gets the value that the
 * block around has: values[0] or `miss`. In IPv4 the key is 0.
 *
 * Small and large nodes then tell the next 16 bits apart (0 where the address has ended) by
 * at most 3 or 6 marks, at which the value changes: values[n] where n marks are reached. A
 * word of marks has three lanes of 17 bits with 2^16 - mark each, 0 where there is none: what
 * is added to a lane carries into its top bit if it has reached the mark.
 */
struct node_small {
	__u64 key;
	__u64 marks;
	__u32 values[4];
};

struct node_large {
	__u64 key;
	__u64 marks[2];
	__u32 values[7];
	__u32 pad[3];
};

/*
 * A wide node tells one byte apart. Its values are in the lines behind it, 16 in a line; that
 * of byte b is number
 * cnt[b / 64] + popcount(changes[b / 64] up to and including bit b % 64) - 1:
 * bit b says that the value changes at b, bit 0 is always set, cnt counts the bits of the
 * words before.
 */
struct node_wide {
	__u64 key;
	__u64 changes[4];
	__u8 cnt[4];
	__u32 miss;
	__u32 pad[4];
};

/* A cache line: two small nodes or one other. */
struct node_line {
	union {
		struct node_small small[2];
		struct node_large large;
		struct node_wide wide;
	};
};

/* Flags of an endpoint. */
#define ENDPOINT_INGRESS_ISOLATED 1u
#define ENDPOINT_EGRESS_ISOLATED 2u
#define ENDPOINT_IP4 4u
#define ENDPOINT_IP6 8u
#define ENDPOINT_OBSERVE 16u /* verdicts are told, and nothing is dropped */
#define ENDPOINT_CLOSED 32u /* its pod has gone: nothing passes but ARP towards it. Isolated in both directions */

/* An interface that is governed: open addressing by ifindex, ifindex 0 is free. */
struct endpoint {
	__u32 ifindex;
	__u32 flags;
	__u32 table[2]; /* first word of its tables in weir_rowidx: egress, ingress */
	__u32 instance; /* number of the interface, never used again */
	__u32 adopt_until; /* seconds of CLOCK_MONOTONIC; till then TCP flows met in the middle are adopted */
	__u32 ip4;
	__u32 owner; /* of its pod's uid, for the agent's next start; 0: not known. Programs do not read it */
	__u64 ip6_hi;
	__u64 ip6_lo;
};

/* Bits of an outcome; its upper 32 bits are the rule's cookie. */
#define OUTCOME_ALLOW 1ull
#define OUTCOME_DEFAULT 2ull /* no rule says so, isolation does */
