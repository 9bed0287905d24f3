/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/* From a peer's slot and a port to the outcome: class, port class, row. */
#pragma once

#include <linux/in.h>
#include <linux/types.h>
#include "config.h"
#include "maps.h"
#include "packed.h"

#ifndef IPPROTO_SCTP
#define IPPROTO_SCTP 132
#endif

/* Groups of weir_portcls. */
#define PORT_TCP (0u << 16)
#define PORT_UDP (1u << 16)
#define PORT_SCTP (2u << 16)
#define PORT_OTHER (3u << 16)

/* Index into weir_portcls; `port` is the port for TCP, UDP and SCTP, the type for ICMP, 0 for others. */
static __always_inline __u32 port_index(__u32 protocol, __u32 port)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return PORT_TCP | port;
	case IPPROTO_UDP:
		return PORT_UDP | port;
	case IPPROTO_SCTP:
		return PORT_SCTP | port;
	default:
		return PORT_OTHER | protocol << 8 | (port & 0xff);
	}
}

/*
 * The slot that is meant by a value of the search. An address of the node itself stands for
 * the node's own processes; to a packet that came in from an interface it is another slot.
 */
static __always_inline __u32 slot_of(__u32 value, __u32 forwarded)
{
	return (value & VALUE_INDEX) + ((value & VALUE_LOCAL) && forwarded ? 1 : 0);
}

/*
 * The outcome's word for a peer and a port (port_index) in the table that begins at word
 * `table` of weir_rowidx; 0, which denies, where the image is damaged.
 */
static __always_inline __u64 judge(__u32 generation, __u32 table, __u32 slot, __u32 port)
{
	__u32 class = packed_u16(&weir_class, generation, cfg_half_class, slot);
	__u32 port_class = packed_u16(&weir_portcls, generation, cfg_half_portcls, port);
	__u32 row = packed_u32(&weir_rowidx, generation, cfg_half_rowidx, table + class);
	__u32 outcome = packed_u16(&weir_row, generation, cfg_half_row, row + port_class);

	return packed_word(&weir_outcome, generation, cfg_half_outcome, outcome);
}
