/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* One packet, one revision: which half of the image judges it. */
#pragma once

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "event.h"
#include "image.h"
#include "maps.h"

/* skb->tc_index of a packet that was judged at its sender's hook on this node: a mark, and the low bits of the commit.
 */
#define STAMP_MARK 0x8000u
#define STAMP_COMMIT 0x7fffu

struct generation {
	__u64 commit;
	__u32 half; /* 0 or 1 */
};

static __always_inline __u64 control(__u32 word)
{
	volatile __u64 *value = bpf_map_lookup_elem(&weir_ctl, &word);

	return value ? *value : 0;
}

/* 1 where `number` is 0, else 0, for numbers below 2^63. */
static __always_inline __u64 is_zero(__u64 number)
{
	return (number - 1) >> 63;
}

/*
 * False: nothing is committed. The half is computed from the words that were read and never
 * branched on: the reads of the image then depend on them by address, which orders them on
 * every processor without a barrier.
 */
static __always_inline int choose_generation(struct __sk_buff *skb, __u32 direction, struct generation *chosen)
{
	__u64 word = control(CTL_ACTIVE), commit = word >> 1, other, differs, take;
	__u32 stamp;

	if (!word)
		return 0;
	chosen->half = word & 1;
	chosen->commit = commit;
	if (direction == DIR_EGRESS) {
		skb->tc_index = STAMP_MARK | (commit & STAMP_COMMIT);
		return 1;
	}
	stamp = skb->tc_index;
	if (!(stamp & STAMP_MARK))
		return 1;
	other = control(CTL_HEADER + (chosen->half ^ 1) * CTL_HEADER_WORDS + HEADER_COMMIT);
	differs = ((other ^ stamp) & STAMP_COMMIT) | is_zero(other) << 16;
	take = is_zero(differs) & ~is_zero((commit ^ stamp) & STAMP_COMMIT) & 1;
	chosen->half ^= take;
	chosen->commit ^= (commit ^ other) & -take;
	return 1;
}
