/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* Kinds of IPv6 addresses. */
#pragma once

#include <linux/types.h>
#include "image.h"

static __always_inline int is_link_local(__u64 hi)
{
	return hi >> 54 == 0xfe80 >> 6;
}

static __always_inline int is_own_ip6(const struct endpoint *endpoint, __u64 hi, __u64 lo)
{
	return (endpoint->flags & ENDPOINT_IP6) && hi == endpoint->ip6_hi && lo == endpoint->ip6_lo;
}
