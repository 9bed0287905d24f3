/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * Stands in for the datapath in the tests of node-agent/src/kernel: the same maps, and
 * programs whose verdict is simple to say. The first word of weir_outcome passes all where it
 * is even. Where the first word of weir_row is another one the image is torn: all is dropped.
 * Each packet leaves an event and counts in weir_ct, by direction; dropped ones count twice.
 */
#include <linux/types.h>
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>
#include "../../bpf/include/image.h"
#include "../../bpf/include/event.h"

#ifndef ENDPOINT_TYPE
#define ENDPOINT_TYPE struct endpoint
#endif

/* Bit of a key of weir_ct. */
#define COUNT_DROPPED 2

#ifndef IMAGE_FLAGS
#define IMAGE_FLAGS BPF_F_MMAPABLE
#endif

#define IMAGE_ARRAY(name, value_type)                                                                                  \
	const volatile __u32 cfg_half_##name = 1;                                                                      \
	struct {                                                                                                       \
		__uint(type, BPF_MAP_TYPE_ARRAY);                                                                      \
		__uint(max_entries, 2);                                                                                \
		__uint(map_flags, IMAGE_FLAGS);                                                                        \
		__type(key, __u32);                                                                                    \
		__type(value, value_type);                                                                             \
	} weir_##name SEC(".maps")

const volatile __u32 cfg_endpoint_bits = 1;
IMAGE_ARRAY(endpoint, ENDPOINT_TYPE);
IMAGE_ARRAY(root4, __u64);
IMAGE_ARRAY(node4, struct node_line);
IMAGE_ARRAY(root6, __u64);
IMAGE_ARRAY(node6, struct node_line);
IMAGE_ARRAY(class, __u64);
IMAGE_ARRAY(portcls, __u64);
IMAGE_ARRAY(rowidx, __u64);
IMAGE_ARRAY(row, __u64);
IMAGE_ARRAY(outcome, __u64);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, CTL_WORDS);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, __u32);
	__type(value, __u64);
} weir_ctl SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} weir_ct SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} weir_events SEC(".maps");

static __always_inline __u64 *word(void *map, __u32 index)
{
	return bpf_map_lookup_elem(map, &index);
}

static __always_inline void tell(struct __sk_buff *skb, __u64 commit, __u8 direction, __u8 reason)
{
	struct event *event = bpf_ringbuf_reserve(&weir_events, sizeof(*event), 0);
	__u64 *lost = word(&weir_ctl, CTL_LOST_EVENTS);

	if (!event) {
		if (lost)
			__sync_fetch_and_add(lost, 1);
		return;
	}
	__builtin_memset(event, 0, sizeof(*event));
	event->time = bpf_ktime_get_ns();
	event->commit = commit;
	event->src_lo = 0x0a000001;
	event->dst_hi = 0x20010db800000000;
	event->family = 4;
	event->direction = direction;
	event->reason = reason;
	event->ifindex = skb->ifindex;
	event->length = skb->len;
	bpf_ringbuf_submit(event, 0);
}

static __always_inline void add(__u32 key)
{
	__u64 *count = bpf_map_lookup_elem(&weir_ct, &key), one = 1;

	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(&weir_ct, &key, &one, BPF_ANY);
}

static __always_inline int judge(struct __sk_buff *skb, __u8 direction)
{
	__u64 *active = word(&weir_ctl, CTL_ACTIVE), *outcome, *row, now;
	__u32 generation;

#ifdef BROKEN
	now = *(volatile __u64 *)(long)skb->data;
#endif
	if (!active)
		return TC_ACT_SHOT;
	now = *(volatile __u64 *)active;
	if (!now)
		return TC_ACT_UNSPEC;
	generation = now & 1;
	outcome = word(&weir_outcome, generation * cfg_half_outcome);
	row = word(&weir_row, generation * cfg_half_row);
	if (!outcome || !row || *outcome != *row) {
		tell(skb, now >> 1, direction, EVENT_MALFORMED);
		return TC_ACT_SHOT;
	}
	tell(skb, now >> 1, direction, *outcome & 1 ? EVENT_POLICY_DENY : EVENT_POLICY_ALLOW);
#ifdef STRICTER
	return TC_ACT_SHOT;
#endif
	return *outcome & 1 ? TC_ACT_SHOT : TC_ACT_UNSPEC;
}

static __always_inline int count(struct __sk_buff *skb, __u8 direction)
{
	int verdict = judge(skb, direction);

	add(direction);
	if (verdict == TC_ACT_SHOT)
		add(direction | COUNT_DROPPED);
	return verdict;
}

SEC("tc")
int pod_egress(struct __sk_buff *skb)
{
	return count(skb, DIR_EGRESS);
}

SEC("tc")
int pod_ingress(struct __sk_buff *skb)
{
	return count(skb, DIR_INGRESS);
}

char _license[] SEC("license") = "Dual BSD/GPL";
