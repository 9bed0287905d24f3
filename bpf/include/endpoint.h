/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* The endpoint behind an interface. */
#pragma once

#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include "config.h"
#include "maps.h"
#include "packed.h"

#define ENDPOINT_PROBES 8
#define ENDPOINT_NONE 0xffffffffu

/* Where an interface's probes begin: the leading bits of the product, as many as it takes to number a half. */
static __always_inline __u32 endpoint_place(__u32 ifindex)
{
	return (__u64)(ifindex * 0x9e3779b1u) * cfg_half_endpoint >> 32;
}

/* The place of an interface, or ENDPOINT_NONE. */
__noinline __u32 probe_endpoint(__u32 generation, __u32 ifindex)
{
	__u32 first = endpoint_place(ifindex);

	for (int probe = 0; probe < ENDPOINT_PROBES; probe++) {
		const struct endpoint *endpoint = element(&weir_endpoint, generation, cfg_half_endpoint, first + probe);

		if (!endpoint)
			break;
		if (endpoint->ifindex == ifindex)
			return first + probe;
	}
	return ENDPOINT_NONE;
}

/* Most endpoints lie at their first place, which spares the call. */
static __always_inline const struct endpoint *find_endpoint(__u32 generation, __u32 ifindex)
{
	__u32 place = endpoint_place(ifindex);
	const struct endpoint *endpoint = element(&weir_endpoint, generation, cfg_half_endpoint, place);

	if (endpoint && endpoint->ifindex == ifindex)
		return endpoint;
	place = probe_endpoint(generation, ifindex);
	return place == ENDPOINT_NONE ? 0 : element(&weir_endpoint, generation, cfg_half_endpoint, place);
}
