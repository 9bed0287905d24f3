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

/* Its index in the half, or ENDPOINT_NONE. */
__noinline __u32 endpoint_index(__u32 generation, __u32 ifindex)
{
	/* The leading bits of the product: as many as it takes to number a half. */
	__u32 place = (__u64)(ifindex * 0x9e3779b1u) * cfg_half_endpoint >> 32;

	for (int probe = 0; probe < ENDPOINT_PROBES; probe++) {
		__u32 index = (place + probe) & (cfg_half_endpoint - 1);
		const struct endpoint *candidate = element(&weir_endpoint, generation, cfg_half_endpoint, index);

		if (!candidate)
			break;
		if (candidate->ifindex == ifindex)
			return index;
	}
	return ENDPOINT_NONE;
}

static __always_inline const struct endpoint *find_endpoint(__u32 generation, __u32 ifindex)
{
	__u32 index = endpoint_index(generation, ifindex);

	if (index == ENDPOINT_NONE)
		return 0;
	return element(&weir_endpoint, generation, cfg_half_endpoint, index);
}
