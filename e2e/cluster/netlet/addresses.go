// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"net/netip"
	"sync"
)

// addressPool gives out the addresses of a node's blocks, one of each block a pod.
type addressPool struct {
	mutex  sync.Mutex
	blocks []netip.Prefix
	// next is where the search in a block begins.
	next  []netip.Addr
	taken map[netip.Addr]bool
	reuse bool
}

// newAddressPool keeps the gateways and the network addresses out.
func newAddressPool(blocks, gateways []netip.Prefix, reuse bool) *addressPool {
	pool := &addressPool{blocks: blocks, taken: map[netip.Addr]bool{}, reuse: reuse}
	for _, block := range blocks {
		first := block.Masked().Addr()
		pool.taken[first] = true
		// A bridge's gateway is the block's first address; other nodes keep it free as well, as clusters do.
		pool.taken[first.Next()] = true
		if last := broadcast(block); last.Is4() {
			pool.taken[last] = true
		}
		pool.next = append(pool.next, first)
	}
	for _, gateway := range gateways {
		pool.taken[gateway.Addr()] = true
	}
	return pool
}

func (pool *addressPool) take() ([]netip.Addr, error) {
	pool.mutex.Lock()
	defer pool.mutex.Unlock()
	var addresses []netip.Addr
	for index := range pool.blocks {
		address, ok := pool.search(index)
		if !ok {
			for _, address := range addresses {
				delete(pool.taken, address)
			}
			return nil, fmt.Errorf("no address is free in %s", pool.blocks[index])
		}
		pool.taken[address] = true
		addresses = append(addresses, address)
	}
	return addresses, nil
}

// search goes from where the last one ended, or from the start where freed addresses come again at once.
func (pool *addressPool) search(index int) (netip.Addr, bool) {
	block := pool.blocks[index]
	first := block.Masked().Addr()
	start := pool.next[index]
	if pool.reuse {
		start = first
	}
	// A free one is found after at most all the taken ones and one turn.
	for address, tries := start, 0; tries <= len(pool.taken)+1; tries++ {
		if !block.Contains(address) {
			address = first
		}
		if !pool.taken[address] {
			pool.next[index] = address.Next()
			return address, true
		}
		address = address.Next()
	}
	return netip.Addr{}, false
}

func (pool *addressPool) free(addresses []netip.Addr) {
	pool.mutex.Lock()
	defer pool.mutex.Unlock()
	for _, address := range addresses {
		delete(pool.taken, address)
	}
}

func broadcast(block netip.Prefix) netip.Addr {
	bytes := block.Addr().AsSlice()
	for bit := block.Bits(); bit < len(bytes)*8; bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	address, _ := netip.AddrFromSlice(bytes)
	return address
}
