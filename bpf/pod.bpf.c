// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0)
/*
 * The programs at a pod's veth pair, on the host's side: what the pod sends comes in there
 * (pod_egress), what it gets goes out there (pod_ingress).
 *
 * They never say TC_ACT_OK: TC_ACT_UNSPEC lets other programs on the interface run.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "destination_check.h"
#include "discovery.h"
#include "fragment.h"
#include "packet.h"
#include "parse.h"
#include "passage.h"
#include "report.h"
#include "source_check.h"
#include "track.h"

/* A router must be able to tell a sender that its packets are too big, whatever the policies say. */
static __always_inline int is_too_big(const struct packet *packet)
{
	if (is_icmp6(packet))
		return packet->dst_port == ICMP6_TOO_BIG;
	return is_icmp4(packet) && packet->dst_port == ICMP4_UNREACHABLE && packet->icmp_code == ICMP4_FRAG_NEEDED;
}

/*
 * Whether the pod itself sent what it gets, to a service that it is behind: the source may be the node's by now. It is
 * judged as it leaves the pod, and on the way back there is nobody to protect it from.
 */
static __always_inline int comes_back(const struct __sk_buff *skb, const struct passage *at)
{
	return at->direction == DIR_INGRESS && skb->ingress_ifindex == skb->ifindex;
}

/* What policy and flows say of a packet whose sender and receiver are in order; 0 or an event_reason. */
static __always_inline __u32 judge_packet(struct __sk_buff *skb, struct passage *at, const struct packet *packet)
{
	__u32 forwarded = at->direction == DIR_INGRESS && skb->ingress_ifindex;
	enum tracked tracked;
	__u64 outcome = OUTCOME_ALLOW;

	if (packet->fragment == FRAGMENT_LATER)
		return !is_isolated(at, at->direction) || is_admitted_fragment(at, packet) ? 0 : EVENT_FRAGMENT;
	if (is_isolated(at, at->direction) && !comes_back(skb, at))
		outcome = policy(at, at->direction, search_peer(at, packet, 0), forwarded, packet_port(packet));
	at->cookie = outcome >> 32;
	tracked = track(skb, at, packet, outcome & OUTCOME_ALLOW);
	if (tracked == TRACKED_DENY)
		return EVENT_POLICY_DENY;
	if (packet->fragment == FRAGMENT_FIRST)
		admit_fragments(at, packet);
	if (tracked != TRACKED_FIRST)
		return 0;
	return outcome & OUTCOME_ALLOW ? EVENT_POLICY_ALLOW : EVENT_POLICY_DENY;
}

/* 0: passes without a word; else the event_reason, of which only EVENT_POLICY_ALLOW passes. */
static __always_inline __u32 inspect(struct __sk_buff *skb, struct passage *at, struct packet *packet)
{
	__u32 ethertype = bpf_ntohs(skb->protocol);
	__u32 egress = at->direction == DIR_EGRESS;
	__u32 reason;

	/* The kernel reads a tag of VLAN 0 as none: behind it a source matters though nothing is isolated. */
	if (skb->vlan_present || ethertype == ETH_P_8021Q || ethertype == ETH_P_8021AD)
		return egress || is_isolated(at, at->direction) ? EVENT_PROTOCOL : 0;
	if (ethertype == ETH_P_ARP)
		return egress ? check_arp(skb, at->endpoint, packet) : 0;
	if (ethertype != ETH_P_IP && ethertype != ETH_P_IPV6)
		return is_isolated(at, at->direction) ? EVENT_PROTOCOL : 0;
	if (parse_packet(skb, ethertype, packet))
		return egress || is_isolated(at, at->direction) ? EVENT_MALFORMED : 0;
	if (is_closed(at))
		return EVENT_POLICY_DENY;
	if (egress) {
		reason = check_source(skb, at->endpoint, packet);
		if (reason)
			return reason;
	}
	if (is_discovery(packet) || is_listener_discovery(packet))
		return 0;
	if (!egress && is_isolated(at, at->direction) && !is_addressed(skb, at->endpoint, packet))
		return EVENT_NOT_ADDRESSED;
	if (is_too_big(packet))
		return 0;
	return judge_packet(skb, at, packet);
}

static __always_inline int pass_or_drop(struct __sk_buff *skb, __u32 direction)
{
	struct passage at = {.direction = direction};
	struct packet packet = {0};
	__u32 reason;

	if (!choose_generation(skb, direction, &at.generation))
		return TC_ACT_UNSPEC;
	at.endpoint = find_endpoint(at.generation.half, skb->ifindex);
	if (!at.endpoint)
		return TC_ACT_UNSPEC;
	reason = inspect(skb, &at, &packet);
	if (!reason)
		return TC_ACT_UNSPEC;
	report(skb, &at, &packet, reason);
	return reason == EVENT_POLICY_ALLOW || is_observed(&at) ? TC_ACT_UNSPEC : TC_ACT_SHOT;
}

SEC("tc")
int pod_egress(struct __sk_buff *skb)
{
	return pass_or_drop(skb, DIR_EGRESS);
}

SEC("tc")
int pod_ingress(struct __sk_buff *skb)
{
	return pass_or_drop(skb, DIR_INGRESS);
}

char _license[] SEC("license") = "Dual BSD/GPL";
