/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* Walks IPv6 extension headers (RFC 8200 4), at most EXTENSIONS of them. */
#pragma once

#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#define EXTENSIONS 6

/* What walk_extensions returns; as one word, since a global function can't write to its caller's memory on Linux 5.10.
 */
#define WALKED_PROTOCOL(word) ((__u8)(word))
#define WALKED_FRAGMENT(word) ((__u8)((word) >> 8 & 3))
#define WALKED_AT_8(word) ((word) >> 10 & 1)
#define WALKED_BEFORE (1u << 11) /* a fragment header was met */
#define WALKED_OFFSET(word) ((__u32)((word) >> 16 & 0xffff))
#define WALKED_FRAGMENT_ID(word) ((__u32)((word) >> 32))

static __always_inline int is_extension(__u32 protocol)
{
	return protocol == IPPROTO_HOPOPTS || protocol == IPPROTO_ROUTING || protocol == IPPROTO_DSTOPTS ||
	       protocol == IPPROTO_AH || protocol == IPPROTO_FRAGMENT;
}

/*
 * From the header of type `next` at `offset` to the transport header, or to what a later
 * fragment carries. 0: cut off, too many headers, or two fragment headers.
 */
__noinline __u64 walk_extensions(struct __sk_buff *skb, __u32 offset, __u32 end, __u32 next)
{
	__u64 fragment = 0;

	/* Unrolled: before 6.12 the verifier refuses some shapes of loops that clang makes of it. */
#pragma unroll
	for (int count = 0; count <= EXTENSIONS; count++) {
		__u8 head[8];

		if (!is_extension(next))
			return fragment | (__u64)(offset & 0xffff) << 16 | (next & 0xff);
		if (count == EXTENSIONS || offset + sizeof(head) > end ||
		    bpf_skb_load_bytes(skb, offset, head, sizeof(head)))
			return 0;
		if (next == IPPROTO_FRAGMENT) {
			__u32 place = head[2] << 8 | head[3];

			if (fragment)
				return 0;
			fragment = ((__u64)head[4] << 24 | head[5] << 16 | head[6] << 8 | head[7]) << 32;
			fragment |= WALKED_BEFORE | (place & 1) << 8;
			next = head[0];
			offset += 8;
			if (place & 0xfff8)
				return (fragment & ~0x300ull) | 2 << 8 | ((place & 0xfff8) == 8) << 10 |
				       (__u64)(offset & 0xffff) << 16 | next;
		} else if (next == IPPROTO_AH) {
			next = head[0];
			offset += (head[1] + 2) * 4;
		} else {
			next = head[0];
			offset += (head[1] + 1) * 8;
		}
	}
	return 0;
}
