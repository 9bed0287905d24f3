/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* All maps; docs/image.md says what the image's arrays hold. */
#pragma once

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "event.h"
#include "flow.h"
#include "image.h"

/* An array that the agent maps into its memory. */
#define MAPPED_ARRAY(name, element_type, elements)                                                                     \
	struct {                                                                                                       \
		__uint(type, BPF_MAP_TYPE_ARRAY);                                                                      \
		__uint(map_flags, BPF_F_MMAPABLE);                                                                     \
		__uint(max_entries, elements);                                                                         \
		__type(key, __u32);                                                                                    \
		__type(value, element_type);                                                                           \
	} name SEC(".maps")

#define LRU(name, key_type, value_type, elements)                                                                      \
	struct {                                                                                                       \
		__uint(type, BPF_MAP_TYPE_LRU_HASH);                                                                   \
		__uint(max_entries, elements);                                                                         \
		__type(key, key_type);                                                                                 \
		__type(value, value_type);                                                                             \
	} name SEC(".maps")

MAPPED_ARRAY(weir_ctl, __u64, CTL_WORDS);

/* The image. The sizes are the smallest that fit config.h; the loader sets the real ones. */
MAPPED_ARRAY(weir_endpoint, struct endpoint, 4);
MAPPED_ARRAY(weir_root4, __u64, 2);
MAPPED_ARRAY(weir_node4, struct node_line, 2);
MAPPED_ARRAY(weir_root6, __u64, 2);
MAPPED_ARRAY(weir_node6, struct node_line, 2);
MAPPED_ARRAY(weir_class, __u64, 2);
MAPPED_ARRAY(weir_portcls, __u64, 2);
MAPPED_ARRAY(weir_rowidx, __u64, 2);
MAPPED_ARRAY(weir_row, __u64, 2);
MAPPED_ARRAY(weir_outcome, __u64, 2);

/* Flows; SYNs that nobody has answered live apart, so that a flood of them can't push flows out. */
LRU(weir_ct, struct ct_key, struct ct_entry, 1 << 18);
LRU(weir_ct_syn, struct ct_key, struct ct_entry, 1 << 14);
LRU(weir_frag, struct frag_key, struct frag_entry, 1 << 13);

#define SEEN_ELEMENTS (1 << 16)
#define LIMIT_ELEMENTS (1 << 12)

/* See seen.h and report.h. */
MAPPED_ARRAY(weir_seen, __u64, SEEN_ELEMENTS);
MAPPED_ARRAY(weir_limit, __u64, LIMIT_ELEMENTS);

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} weir_events SEC(".maps");
