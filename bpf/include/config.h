/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0) */
/*
 * What the loader sets before it loads the programs. cfg_half_<array> is the number of
 * elements (64-bit words where values are packed) in one half of weir_<array>: a power of
 * two, half of the map's max_entries. The sizes here only make the object loadable as it is.
 */
#pragma once

#include <linux/types.h>

const volatile __u32 cfg_half_endpoint = 2;
const volatile __u32 cfg_half_root4 = 1;
const volatile __u32 cfg_half_node4 = 1;
const volatile __u32 cfg_half_root6 = 1;
const volatile __u32 cfg_half_node6 = 1;
const volatile __u32 cfg_half_class = 1;
const volatile __u32 cfg_half_portcls = 1;
const volatile __u32 cfg_half_rowidx = 1;
const volatile __u32 cfg_half_row = 1;
const volatile __u32 cfg_half_outcome = 1;

/* Denials that one endpoint may report in a second, and in one burst; 0: no limit. */
const volatile __u32 cfg_denials_per_second = 100;
