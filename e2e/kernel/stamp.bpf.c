// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0)
/*
 * The kernel lets no test set tc_index, but a mark: this program stores the mark there, calls
 * a function whose tail is the program under test, and returns that one's verdict in the low
 * byte and the tc_index that it leaves above it.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} under_test SEC(".maps");

static __noinline int run(struct __sk_buff *skb)
{
	/* Volatile: clang must not conclude that the function returns nothing else. */
	volatile int failed = 0xee;

	bpf_tail_call(skb, &under_test, 0);
	return failed;
}

SEC("tc")
int stamped(struct __sk_buff *skb)
{
	int verdict;

	skb->tc_index = skb->mark;
	verdict = run(skb);
	return (verdict & 0xff) | skb->tc_index << 8;
}

char _license[] SEC("license") = "Dual BSD/GPL";
