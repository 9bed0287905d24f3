/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * Bytes of a packet. Headers may lie outside its linear part; there the helper gets them, at
 * 18 ns a call, which is why it is asked only then.
 */
#pragma once

#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

/* A bound that the verifier knows; headers behind it are read by the helper. */
#define READ_DIRECT 512

/* `size` is a constant. 0, or negative where the packet ends before. */
static __always_inline int read_bytes(struct __sk_buff *skb, __u64 offset, void *to, __u32 size)
{
	const char *data = (const char *)(long)skb->data;
	const char *end = (const char *)(long)skb->data_end;

	/* Keeps clang from computing it a second time, after the verifier has seen it compared. */
	asm volatile("" : "+r"(offset));
	if (offset < READ_DIRECT) {
		data += offset;
		if (data + size <= end) {
			/* It may not be aligned, but both processors and both JITs that load it don't mind. */
			__builtin_memcpy(to, __builtin_assume_aligned(data, 8), size);
			return 0;
		}
	}
	return bpf_skb_load_bytes(skb, offset, to, size);
}
